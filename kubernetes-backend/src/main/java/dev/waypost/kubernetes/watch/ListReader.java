package dev.waypost.kubernetes.watch;

import dev.waypost.kubernetes.model.ApiObject;
import dev.waypost.kubernetes.model.ResourceKind;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Response;

/**
 * Reads whole lists, page by page.
 *
 * @param log is told of objects that cannot be used
 */
record ListReader<T extends ApiObject>(ResourceKind<T> kind, ApiConnection connection, Sender sender, WatchLog log) {
    /**
     * Reads a list.
     *
     * @param paged whether it may come in several pages
     * @return all of it as one page
     */
    ListPage<T> read(ListAge age, boolean paged) throws IOException {
        List<T> objects = new ArrayList<>();
        ListPage<T> page = page(connection.list(kind, age, paged));
        objects.addAll(page.objects());
        while (!page.next().isEmpty()) {
            page = page(connection.nextPage(kind, page.next()));
            objects.addAll(page.objects());
        }
        return new ListPage<>(objects, page.version(), "");
    }

    private ListPage<T> page(ApiConnection.Exchange exchange) throws IOException {
        try (Response response = sender.send(exchange);
                InputStream octets = sender.octets(response)) {
            return ListPage.read(kind, octets, log);
        }
    }
}
