package dev.waypost.kubernetes.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A Kubernetes API server in process, on 127.0.0.1, for tests: it lists in pages, watches with history, and fails as it
 * is told to.
 *
 * <pre>
 *   put, remove               objects; watchers are told
 *   putSilently, ...          objects; only the next list shows it
 *   nextList, nextWatch       a scripted reply instead of the next ordinary one
 *   cut, reset, send          what happens to the open watches of a resource
 *   forgetHistory, restore    410 for every version so far; versions that go back
 *   streamsLists, forbid      what the server knows, and what it allows
 * </pre>
 *
 * <p>Resources go by their plural: {@code services}, {@code endpointslices}, {@code namespaces}. Safe for any number of
 * threads.
 */
public final class ScriptedApiServer implements AutoCloseable {
    private final ServerSocket listener;
    private final Map<String, ScriptedResource> resources = new ConcurrentHashMap<>();
    private final List<ApiRequest> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private volatile boolean unreachable;
    private volatile boolean streamsLists;
    private volatile Optional<String> token = Optional.empty();
    private final Set<String> forbidden = ConcurrentHashMap.newKeySet();

    /** Sends a scripted reply. */
    @FunctionalInterface
    public interface Reply {
        /** Writes to the connection; what it leaves open stays open. */
        void send(ApiStream stream) throws IOException;
    }

    private ScriptedApiServer(ServerSocket listener) {
        this.listener = listener;
    }

    /** A server on a free port, without any object. */
    public static ScriptedApiServer start() {
        try {
            ScriptedApiServer server =
                    new ScriptedApiServer(new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1})));
            server.daemon("scripted-api-accept", server::accept);
            return server;
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
    }

    /** Where it answers. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /** Adds a namespace. */
    public void putNamespace(String name) {
        put("namespaces", "", name, "");
    }

    /** Adds or changes a service. @param spec JSON, e.g. <code>{"clusterIP": "192.0.2.1"}</code> */
    public void putService(String namespace, String name, String spec) {
        put("services", namespace, name, ",\"spec\":" + spec);
    }

    /** Adds or changes an EndpointSlice. @param endpoints JSON list */
    public void putSlice(String namespace, String name, String service, String endpoints) {
        put("endpointslices", key(namespace, name), slice(namespace, name, service, endpoints));
    }

    /** An EndpointSlice as JSON. */
    public static String slice(String namespace, String name, String service, String endpoints) {
        return "{\"metadata\":{\"namespace\":\"" + namespace + "\",\"name\":\"" + name + "\",\"uid\":\"u-" + name
                + "\",\"resourceVersion\":\"$VERSION\",\"labels\":{\"kubernetes.io/service-name\":\"" + service
                + "\"}},\"addressType\":\"IPv4\",\"endpoints\":" + endpoints
                + ",\"ports\":[{\"name\":\"http\",\"protocol\":\"TCP\",\"port\":8080}]}";
    }

    private void put(String resource, String namespace, String name, String fields) {
        put(resource, key(namespace, name), object(namespace, name, fields));
    }

    /** An object as JSON: its metadata and further fields. */
    public static String object(String namespace, String name, String fields) {
        return "{\"metadata\":{\"namespace\":\"" + namespace + "\",\"name\":\"" + name + "\",\"uid\":\"u-" + name
                + "\",\"resourceVersion\":\"$VERSION\",\"managedFields\":[{\"manager\":\"test\"}]}" + fields + "}";
    }

    /** Adds or changes an object. @param json in which {@code $VERSION} becomes its resourceVersion */
    public void put(String resource, String key, String json) {
        resource(resource).put(key, json);
    }

    /** Changes an object without an event. */
    public void putSilently(String resource, String key, String json) {
        resource(resource).putSilently(key, json);
    }

    /** Removes an object. */
    public void remove(String resource, String namespace, String name) {
        resource(resource).remove(key(namespace, name));
    }

    /** Removes an object without an event. */
    public void removeSilently(String resource, String namespace, String name) {
        resource(resource).removeSilently(key(namespace, name));
    }

    private static String key(String namespace, String name) {
        return namespace + "/" + name;
    }

    /** Answers the next list of a resource in another way; several are taken in turn. */
    public void nextList(String resource, Reply reply) {
        resource(resource).script(ScriptedResource.Kind.LIST, reply);
    }

    /** Answers the next watch of a resource in another way; several are taken in turn. */
    public void nextWatch(String resource, Reply reply) {
        resource(resource).script(ScriptedResource.Kind.WATCH, reply);
    }

    /** Answers the next watch that is to begin with a list in another way; {@link #streamsLists} must be on. */
    public void nextStream(String resource, Reply reply) {
        resource(resource).script(ScriptedResource.Kind.STREAM, reply);
    }

    /** Whether watches may begin with the list, as newer servers allow; off until told. */
    public void streamsLists(boolean so) {
        streamsLists = so;
    }

    /** Ends the open watches of a resource as a server does when their time is over. */
    public void cut(String resource) throws IOException {
        resource(resource).endWatches(false);
    }

    /** Resets the connections of the open watches of a resource. */
    public void reset(String resource) throws IOException {
        resource(resource).endWatches(true);
    }

    /** Sends a text into the open watches of a resource, as it is. */
    public void send(String resource, String text) {
        resource(resource).send(text);
    }

    /** Sends a bookmark into the open watches of a resource. */
    public void bookmark(String resource) {
        resource(resource).bookmark();
    }

    /** Forgets what happened so far: a watch from an earlier version gets 410. @param asEvent inside a 200 stream */
    public void forgetHistory(String resource, boolean asEvent) {
        resource(resource).forgetHistory(asEvent);
    }

    /** Counts versions from an earlier one on, as after a restore of etcd. */
    public void restore(String resource, long earlier) {
        resource(resource).restore(earlier);
    }

    /** Answers 403 to everything about a resource in a namespace; in no namespace where it is empty. */
    public void forbid(String resource, String namespace) {
        forbidden.add(resource + "/" + namespace);
    }

    /** Answers 403 to requests for all objects of a resource in a namespace, not to those for single ones. */
    public void forbidWide(String resource, String namespace) {
        forbidden.add(resource + "/" + namespace + "/*");
    }

    /** Takes {@link #forbid} back. */
    public void allow(String resource, String namespace) {
        forbidden.remove(resource + "/" + namespace);
    }

    /** Resets every connection as it comes, until told otherwise. */
    public void unreachable(boolean so) {
        unreachable = so;
    }

    /** Answers 401 to requests without this bearer token. */
    public void wantToken(String text) {
        token = Optional.of(text);
    }

    /** The requests so far, in order. */
    public List<ApiRequest> requests() {
        return List.copyOf(requests);
    }

    /** The lists or watches of a resource so far. */
    public List<ApiRequest> requests(String resource, boolean watch) {
        return requests.stream()
                .filter(request ->
                        request.resource().equals(resource) && (watch ? request.isWatch() : request.isList()))
                .toList();
    }

    /** How many watches of a resource are open. */
    public int watchers(String resource) {
        return resource(resource).watchers();
    }

    private ScriptedResource resource(String name) {
        return resources.computeIfAbsent(name, any -> new ScriptedResource());
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                connections.add(socket);
                daemon("scripted-api-connection", () -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            ApiStream stream = new ApiStream(socket);
            if (unreachable) {
                stream.reset();
                return;
            }
            BufferedReader text =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            Optional<ApiRequest> request = ApiRequest.read(text);
            if (request.isPresent()) {
                answer(request.get(), stream);
            }
            while (text.read() >= 0) { // until the peer hangs up, which is how it ends a watch
                continue;
            }
        } catch (IOException peerGone) {
            // the test decides what that means
        }
    }

    private void answer(ApiRequest request, ApiStream stream) throws IOException {
        requests.add(request);
        boolean known = token.map(
                        wanted -> ("Bearer " + wanted).equals(request.headers().get("authorization")))
                .orElse(true);
        if (!known) {
            stream.refuse(401, "Unauthorized");
        } else if (isForbidden(request)) {
            stream.refuse(403, request.resource() + " is forbidden: User \\\"test\\\" cannot " + request);
        } else if (request.isStream() && !streamsLists) {
            stream.refuse(422, "sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled");
        } else {
            resource(request.resource()).answer(request, stream);
        }
    }

    private boolean isForbidden(ApiRequest request) {
        String place = request.resource() + "/" + request.namespace();
        return forbidden.contains(place) || request.selectedNothing() && forbidden.contains(place + "/*");
    }

    private void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket connection : connections) {
                connection.close();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
