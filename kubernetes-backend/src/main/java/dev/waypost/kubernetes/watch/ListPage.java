package dev.waypost.kubernetes.watch;

import dev.waypost.kubernetes.model.ApiObject;
import dev.waypost.kubernetes.model.JsonDocument;
import dev.waypost.kubernetes.model.ResourceKind;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * One page of a list.
 *
 * @param objects the usable ones
 * @param version where a watch goes on
 * @param next asks for the next page; empty on the last
 */
record ListPage<T extends ApiObject>(List<T> objects, String version, String next) {
    /** Reads a page item by item; unusable items are told to the log and passed over. */
    static <T extends ApiObject> ListPage<T> read(ResourceKind<T> kind, InputStream octets, WatchLog log)
            throws IOException {
        JsonDocument document = new JsonDocument(octets);
        List<T> objects = new ArrayList<>();
        String[] versionAndNext = {"", ""};
        document.object(field -> {
            switch (field) {
                case "metadata" -> metadata(document, versionAndNext);
                case "items" ->
                    document.array(() -> {
                        document.takeFault(); // what was wrong with the list is not this item's fault
                        T object = kind.read(document);
                        if (log.isUsable(document, object)) {
                            objects.add(object);
                        }
                    });
                default -> document.skip();
            }
        });
        if (versionAndNext[0].isEmpty()) {
            throw new IOException("a list of " + kind + " wants metadata.resourceVersion, found none");
        }
        return new ListPage<>(objects, versionAndNext[0], versionAndNext[1]);
    }

    private static void metadata(JsonDocument document, String[] versionAndNext) throws IOException {
        document.object(field -> {
            switch (field) {
                case "resourceVersion" -> versionAndNext[0] = document.text();
                case "continue" -> versionAndNext[1] = document.text();
                default -> document.skip();
            }
        });
    }
}
