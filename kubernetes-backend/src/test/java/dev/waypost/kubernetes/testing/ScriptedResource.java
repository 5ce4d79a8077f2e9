package dev.waypost.kubernetes.testing;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The objects of one resource, their history, and who watches them. Every call is guarded by this object, so that a
 * watch misses no event and sees none twice.
 */
final class ScriptedResource {
    private final Map<String, String> objects = new LinkedHashMap<>();
    private final List<Event> history = new ArrayList<>();
    private final List<ApiStream> watchers = new ArrayList<>();
    private final Deque<ScriptedApiServer.Reply> nextLists = new ArrayDeque<>();
    private final Deque<ScriptedApiServer.Reply> nextWatches = new ArrayDeque<>();
    private long version = 1;
    private long oldest;
    private boolean goneAsEvent;

    private record Event(long version, String json) {}

    synchronized void script(boolean watch, ScriptedApiServer.Reply reply) {
        (watch ? nextWatches : nextLists).add(reply);
    }

    synchronized void put(String key, String object) {
        boolean known = objects.containsKey(key);
        version++;
        String stamped = stamped(object);
        objects.put(key, stamped);
        push(known ? "MODIFIED" : "ADDED", stamped);
    }

    /** Changes an object as if no watcher were told: only a list shows it. */
    synchronized void putSilently(String key, String object) {
        version++;
        objects.put(key, stamped(object));
    }

    synchronized void remove(String key) {
        String object = objects.remove(key);
        if (object != null) {
            version++;
            push("DELETED", object);
        }
    }

    synchronized void removeSilently(String key) {
        version++;
        objects.remove(key);
    }

    private String stamped(String object) {
        return object.replace("$VERSION", Long.toString(version));
    }

    private void push(String type, String object) {
        String json = "{\"type\":\"" + type + "\",\"object\":" + object + "}\n";
        history.add(new Event(version, json));
        send(json);
    }

    /** Sends a text to every watcher as it is. */
    synchronized void send(String text) {
        watchers.removeIf(ApiStream::isClosed);
        for (ApiStream watcher : List.copyOf(watchers)) {
            try {
                watcher.chunk(text);
            } catch (IOException gone) {
                watchers.remove(watcher);
            }
        }
    }

    /** Moves the version and tells watchers nothing but that. */
    synchronized void bookmark() {
        version++;
        send("{\"type\":\"BOOKMARK\",\"object\":{\"metadata\":{\"resourceVersion\":\"" + version + "\"}}}\n");
    }

    /** Makes every version before the present one too old for a watch. */
    synchronized void forgetHistory(boolean toldAsEvent) {
        version++;
        oldest = version;
        goneAsEvent = toldAsEvent;
        history.clear();
    }

    synchronized void endWatches(boolean reset) throws IOException {
        for (ApiStream watcher : watchers) {
            if (reset) {
                watcher.reset();
            } else {
                watcher.end();
            }
        }
        watchers.clear();
    }

    synchronized int watchers() {
        watchers.removeIf(ApiStream::isClosed);
        return watchers.size();
    }

    void answer(ApiRequest request, ApiStream stream) throws IOException {
        ScriptedApiServer.Reply scripted = scripted(request);
        if (scripted != null) {
            scripted.send(stream);
        } else if (request.isWatch()) {
            watch(request, stream);
        } else {
            list(request, stream);
        }
    }

    private synchronized ScriptedApiServer.@org.jspecify.annotations.Nullable Reply scripted(ApiRequest request) {
        return (request.isWatch() ? nextWatches : nextLists).poll();
    }

    private synchronized void list(ApiRequest request, ApiStream stream) throws IOException {
        String token = request.query().getOrDefault("continue", "0");
        int from = Integer.parseInt(token);
        int limit = Integer.parseInt(request.query().getOrDefault("limit", "1000000"));
        List<String> all = List.copyOf(objects.values());
        int to = Math.min(all.size(), from + limit);
        String next = to < all.size() ? Integer.toString(to) : "";
        stream.reply(
                200,
                Map.of(),
                "{\"kind\":\"List\",\"metadata\":{\"resourceVersion\":\"" + version + "\",\"continue\":\"" + next
                        + "\"},\"items\":[" + String.join(",", all.subList(from, to)) + "]}");
    }

    private synchronized void watch(ApiRequest request, ApiStream stream) throws IOException {
        long from = Long.parseLong(request.query().getOrDefault("resourceVersion", "0"));
        boolean gone = from < oldest;
        if (gone && !goneAsEvent) {
            stream.refuse(410, "too old resource version");
            return;
        }
        stream.begin();
        if (gone) {
            stream.chunk("{\"type\":\"ERROR\",\"object\":" + ApiStream.status(410, "too old resource version") + "}\n");
            stream.end();
            return;
        }
        for (Event event : history) {
            if (event.version() > from) {
                stream.chunk(event.json());
            }
        }
        watchers.add(stream);
    }
}
