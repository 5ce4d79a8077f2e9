package dev.waypost.kubernetes.watch;

import dev.waypost.kubernetes.model.ApiObject;
import dev.waypost.kubernetes.model.JsonDocument;
import dev.waypost.kubernetes.model.ObjectStore;
import dev.waypost.kubernetes.model.ResourceKind;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** A watch stream's events, each applied when its last byte is read and not before. */
final class WatchEvents<T extends ApiObject> {
    /** What the bookmark behind a list says that came as the beginning of a watch. */
    private static final String LIST_END = "k8s.io/initial-events-end";

    private final ResourceKind<T> kind;
    private final ObjectStore<T> store;
    private final WatchLog log;
    private final JsonDocument document;
    private Mark mark = Mark.NONE;

    /** What an event is to the way of a watch. */
    enum Mark {
        /** An object's change. */
        NONE,
        /** Only a version to go on from. */
        BOOKMARK,
        /** The bookmark behind a list that came as the beginning of the watch. */
        LIST_END
    }

    /** One event, as far as it is read. */
    private static final class Event<T> {
        private String type = "";
        private Optional<T> object = Optional.empty();
        private boolean usable;
        private String version = "";
        private Mark mark = Mark.NONE;
        private int code;
        private String message = "";
    }

    WatchEvents(ResourceKind<T> kind, ObjectStore<T> store, WatchLog log, InputStream octets) throws IOException {
        this.kind = kind;
        this.store = store;
        this.log = log;
        this.document = new JsonDocument(octets);
    }

    /** Whether another event comes; waits for it. */
    boolean hasNext() throws IOException {
        return document.hasNext();
    }

    /**
     * Applies the next event.
     *
     * @return the version that a watch resumes from after it; empty where the event did not say
     * @throws ApiRefusal for an ERROR event
     */
    String applyNext() throws IOException {
        Event<T> event = read();
        mark = event.mark;
        T object = event.object.orElse(null);
        if (event.type.equals("ERROR")) {
            throw new ApiRefusal(event.code, event.message, Optional.empty());
        }
        if (event.mark != Mark.NONE) {
            log.heard();
            return event.version; // moves the version and nothing else
        }
        if (object == null) {
            throw new IOException("a watch of " + kind + " wants an event with an object, found " + event.type);
        }
        switch (event.type) {
            case "ADDED", "MODIFIED" -> {
                if (event.usable) {
                    store.put(object);
                } else {
                    store.remove(object); // a list would pass it over, and what the list does not hold is gone
                }
            }
            case "DELETED" -> store.remove(object);
            default -> throw new IOException("a watch of " + kind + " wants a known event, found " + event.type);
        }
        log.changed();
        return object.identity().version();
    }

    /** What the event applied last was to the way of the watch. */
    Mark mark() {
        return mark;
    }

    private Event<T> read() throws IOException {
        Event<T> event = new Event<>();
        document.object(field -> {
            switch (field) {
                case "type" -> event.type = document.text();
                case "object" -> object(event);
                default -> document.skip();
            }
        });
        return event;
    }

    private void object(Event<T> event) throws IOException {
        switch (event.type) {
            case "" -> throw new IOException("a watch of " + kind + " wants the type before the object");
            case "ERROR" -> status(event);
            case "BOOKMARK" -> {
                event.mark = Mark.BOOKMARK;
                document.object(field -> {
                    if (field.equals("metadata")) {
                        bookmark(event);
                    } else {
                        document.skip();
                    }
                });
            }
            default -> {
                T object = kind.read(document);
                event.object = Optional.of(object);
                event.usable = log.isUsable(document, object);
            }
        }
    }

    private void bookmark(Event<T> event) throws IOException {
        document.object(field -> {
            switch (field) {
                case "resourceVersion" -> event.version = document.text();
                case "annotations" ->
                    document.object(key -> {
                        boolean end = document.text().equals("true") && key.equals(LIST_END);
                        event.mark = end ? Mark.LIST_END : event.mark;
                    });
                default -> document.skip();
            }
        });
    }

    private void status(Event<T> event) throws IOException {
        document.object(field -> {
            switch (field) {
                case "code" -> {
                    Long code = document.number();
                    event.code = code == null ? 0 : code.intValue();
                }
                case "message" -> event.message = document.text();
                default -> document.skip();
            }
        });
    }
}
