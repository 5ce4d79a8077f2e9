package dev.waypost.kubernetes.watch;

import dev.waypost.kubernetes.model.ApiObject;
import dev.waypost.kubernetes.model.JsonDocument;
import dev.waypost.kubernetes.model.ObjectStore;
import dev.waypost.kubernetes.model.ResourceKind;
import java.io.IOException;
import java.io.Reader;
import java.util.Optional;

/** A watch stream's events, each applied when its last byte is read and not before. */
final class WatchEvents<T extends ApiObject> {
    private final ResourceKind<T> kind;
    private final ObjectStore<T> store;
    private final WatchLog log;
    private final JsonDocument document;

    /** One event, as far as it is read. */
    private static final class Event<T> {
        private String type = "";
        private Optional<T> object = Optional.empty();
        private boolean usable;
        private int code;
        private String message = "";
    }

    WatchEvents(ResourceKind<T> kind, ObjectStore<T> store, WatchLog log, Reader text) {
        this.kind = kind;
        this.store = store;
        this.log = log;
        this.document = new JsonDocument(text);
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
        T object = event.object.orElse(null);
        if (event.type.equals("ERROR")) {
            throw new ApiRefusal(event.code, event.message, Optional.empty());
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
            case "BOOKMARK" -> {} // moves the version and nothing else
            default -> throw new IOException("a watch of " + kind + " wants a known event, found " + event.type);
        }
        log.heard();
        return object.identity().version();
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
                event.object = Optional.of(kind.read(document));
                document.takeFault(); // it has a version and no name
            }
            default -> {
                T object = kind.read(document);
                event.object = Optional.of(object);
                event.usable = log.isUsable(document, object);
            }
        }
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
