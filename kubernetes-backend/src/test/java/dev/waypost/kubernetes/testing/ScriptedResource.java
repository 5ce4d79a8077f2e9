package dev.waypost.kubernetes.testing;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The objects of one resource, their history, and who watches them. Every call is guarded by this object, so that a
 * watch misses no event and sees none twice.
 */
final class ScriptedResource {
    private final Map<String, String> objects = new LinkedHashMap<>();
    private final List<Event> history = new ArrayList<>();
    private final List<Watcher> watchers = new ArrayList<>();
    private final Map<Kind, Deque<ScriptedApiServer.Reply>> scripts = new LinkedHashMap<>();
    private long version = 1;
    private long oldest;
    private boolean goneAsEvent;

    /** What a scripted reply stands in for. */
    enum Kind {
        LIST,
        WATCH,
        STREAM
    }

    private record Event(long version, String key, String object, String json) {}

    private record Watcher(ApiStream stream, ApiRequest request) {}

    synchronized void script(Kind kind, ScriptedApiServer.Reply reply) {
        scripts.computeIfAbsent(kind, any -> new ArrayDeque<>()).add(reply);
    }

    synchronized void put(String key, String object) {
        boolean known = objects.containsKey(key);
        version++;
        String stamped = stamped(object);
        objects.put(key, stamped);
        push(known ? "MODIFIED" : "ADDED", key, stamped);
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
            push("DELETED", key, object);
        }
    }

    synchronized void removeSilently(String key) {
        version++;
        objects.remove(key);
    }

    private String stamped(String object) {
        return object.replace("$VERSION", Long.toString(version));
    }

    private void push(String type, String key, String object) {
        String json = "{\"type\":\"" + type + "\",\"object\":" + object + "}\n";
        Event event = new Event(version, key, object, json);
        history.add(event);
        for (Watcher watcher : List.copyOf(watchers)) {
            if (isMeant(watcher.request(), key, object)) {
                send(watcher, json);
            }
        }
    }

    /** Sends a text to every watcher as it is. */
    synchronized void send(String text) {
        List.copyOf(watchers).forEach(watcher -> send(watcher, text));
    }

    private void send(Watcher watcher, String text) {
        try {
            watcher.stream().chunk(text);
        } catch (IOException gone) {
            watchers.remove(watcher);
        }
    }

    /** Moves the version and tells watchers nothing but that. */
    synchronized void bookmark() {
        version++;
        send(bookmark(""));
    }

    private String bookmark(String annotations) {
        return "{\"type\":\"BOOKMARK\",\"object\":{\"metadata\":{\"resourceVersion\":\"" + version + "\"" + annotations
                + "}}}\n";
    }

    /** Makes every version before the present one too old for a watch. */
    synchronized void forgetHistory(boolean toldAsEvent) {
        version++;
        oldest = version;
        goneAsEvent = toldAsEvent;
        history.clear();
    }

    /** Counts versions from an earlier one on, as after a restore of etcd. */
    synchronized void restore(long earlier) {
        version = earlier;
        oldest = 0;
        history.clear();
    }

    synchronized void endWatches(boolean reset) throws IOException {
        for (Watcher watcher : watchers) {
            if (reset) {
                watcher.stream().reset();
            } else {
                watcher.stream().end();
            }
        }
        watchers.clear();
    }

    synchronized int watchers() {
        watchers.removeIf(watcher -> watcher.stream().isClosed());
        return watchers.size();
    }

    void answer(ApiRequest request, ApiStream stream) throws IOException {
        ScriptedApiServer.Reply scripted = scripted(request);
        if (scripted != null) {
            scripted.send(stream);
        } else if (!request.name().isEmpty()) {
            get(request, stream);
        } else if (request.isList()) {
            list(request, stream);
        } else {
            watch(request, stream);
        }
    }

    private synchronized ScriptedApiServer.@Nullable Reply scripted(ApiRequest request) {
        Kind kind = request.isStream() ? Kind.STREAM : request.isWatch() ? Kind.WATCH : Kind.LIST;
        Deque<ScriptedApiServer.Reply> replies = scripts.get(kind);
        return replies == null ? null : replies.poll();
    }

    private static boolean isMeant(ApiRequest request, String key, String object) {
        String service = request.query().getOrDefault("labelSelector", "");
        String label = "kubernetes.io/service-name=";
        return (request.namespace().isEmpty() || key.startsWith(request.namespace() + "/"))
                && (request.selectedName().isEmpty() || key.endsWith("/" + request.selectedName()))
                && (!service.startsWith(label)
                        || object.contains(
                                "\"kubernetes.io/service-name\":\"" + service.substring(label.length()) + "\""));
    }

    private List<String> meant(ApiRequest request) {
        List<String> meant = new ArrayList<>();
        objects.forEach((key, object) -> {
            if (isMeant(request, key, object)) {
                meant.add(object);
            }
        });
        return meant;
    }

    private synchronized void get(ApiRequest request, ApiStream stream) throws IOException {
        String object = objects.get("/" + request.name());
        if (object == null) {
            stream.refuse(404, "namespaces \\\"" + request.name() + "\\\" not found");
        } else {
            stream.reply(200, Map.of(), object);
        }
    }

    private synchronized void list(ApiRequest request, ApiStream stream) throws IOException {
        String wanted = request.query().getOrDefault("resourceVersion", "");
        if (!wanted.isEmpty() && Long.parseLong(wanted) > version) {
            stream.refuse(504, "Too large resource version: " + wanted + ", current: " + version);
            return;
        }
        int from = Integer.parseInt(request.query().getOrDefault("continue", "0"));
        int limit = Integer.parseInt(request.query().getOrDefault("limit", "1000000"));
        List<String> all = meant(request);
        int to = Math.min(all.size(), from + limit);
        String next = to < all.size() ? Integer.toString(to) : "";
        stream.reply(
                200,
                Map.of(),
                "{\"metadata\":{\"resourceVersion\":\"" + version + "\",\"continue\":\"" + next + "\"},\"items\":[",
                all.subList(from, to));
    }

    private synchronized void watch(ApiRequest request, ApiStream stream) throws IOException {
        long from = Long.parseLong(request.query().getOrDefault("resourceVersion", "0"));
        boolean gone = from < oldest && !request.isStream();
        if (gone && !goneAsEvent) {
            stream.refuse(410, "too old resource version");
            return;
        }
        if (from > version) {
            stream.refuse(504, "Too large resource version: " + from + ", current: " + version);
            return;
        }
        stream.begin();
        if (gone) {
            stream.chunk("{\"type\":\"ERROR\",\"object\":" + ApiStream.status(410, "too old resource version") + "}\n");
            stream.end();
            return;
        }
        if (request.isStream()) {
            begin(request, stream);
        } else {
            replay(from, request, stream);
        }
        watchers.add(new Watcher(stream, request));
    }

    private void begin(ApiRequest request, ApiStream stream) throws IOException {
        for (String object : meant(request)) {
            stream.chunk("{\"type\":\"ADDED\",\"object\":" + object + "}\n");
        }
        stream.chunk(bookmark(",\"annotations\":{\"k8s.io/initial-events-end\":\"true\"}"));
    }

    private void replay(long from, ApiRequest request, ApiStream stream) throws IOException {
        for (Event event : history) {
            if (event.version() > from && isMeant(request, event.key(), event.object())) {
                stream.chunk(event.json());
            }
        }
    }
}
