package dev.waypost.kubernetes.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request that came to a {@link ScriptedApiServer}.
 *
 * @param resource the plural it asks for, e.g. {@code services}; {@code imported-endpointslices} where only slices of
 *     imported services are asked for
 * @param namespace the namespace it asks in; empty for all
 * @param name the one object it asks for; empty for a list or a watch
 * @param query its query parameters
 * @param headers its header fields, names in lower case
 */
public record ApiRequest(
        String resource, String namespace, String name, Map<String, String> query, Map<String, String> headers) {
    private static final String NAMESPACES = "namespaces";
    private static final String IMPORTED = "multicluster.kubernetes.io/service-name";

    /** Copies the maps in. */
    public ApiRequest {
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }

    /** Whether it asks for a watch of what comes after a list. */
    public boolean isWatch() {
        return "true".equals(query.get("watch")) && !isStream();
    }

    /** Whether it asks for a watch that begins with the list. */
    public boolean isStream() {
        return "true".equals(query.get("sendInitialEvents"));
    }

    /** Whether it asks for a list, or for a page of one. */
    public boolean isList() {
        return !"true".equals(query.get("watch")) && name.isEmpty();
    }

    /** Whether it asks for all objects of a namespace, or of all. */
    public boolean selectedNothing() {
        return selectedName().isEmpty() && !query.containsKey("labelSelector");
    }

    /** Which one object its field selector means; empty where it has none. */
    String selectedName() {
        String selector = query.getOrDefault("fieldSelector", "");
        String wanted = "metadata.name=";
        return selector.startsWith(wanted) ? selector.substring(wanted.length()) : "";
    }

    /** In a word, e.g. {@code list services shop/web}. */
    @Override
    public String toString() {
        String verb = isStream() ? "stream" : isWatch() ? "watch" : isList() ? "list" : "get";
        String labels = query.getOrDefault("labelSelector", "");
        String what = name + selectedName() + (labels.isEmpty() ? "" : "[" + labels + "]");
        String place = namespace.isEmpty() ? what : namespace + "/" + what;
        return (verb + " " + resource + " " + place).strip();
    }

    /** Reads the head of a request; empty where the peer sent none. */
    static Optional<ApiRequest> read(BufferedReader text) throws IOException {
        String line = text.readLine();
        if (line == null) {
            return Optional.empty();
        }
        String target = line.split(" ")[1];
        Map<String, String> headers = new LinkedHashMap<>();
        for (String field = text.readLine(); field != null && !field.isEmpty(); field = text.readLine()) {
            int colon = field.indexOf(':');
            headers.put(
                    field.substring(0, colon).toLowerCase(Locale.ROOT),
                    field.substring(colon + 1).strip());
        }
        int mark = target.indexOf('?');
        String query = mark < 0 ? "" : target.substring(mark + 1);
        return Optional.of(of(mark < 0 ? target : target.substring(0, mark), parameters(query), headers));
    }

    /** {@code .../namespaces/NS/RESOURCE}, {@code .../namespaces/NS} or {@code .../RESOURCE}. */
    private static ApiRequest of(String path, Map<String, String> query, Map<String, String> headers) {
        List<String> parts = List.of(path.split("/"));
        int home = parts.indexOf(NAMESPACES);
        String last = parts.get(parts.size() - 1);
        boolean scoped = home >= 0 && home + 2 < parts.size();
        boolean one = home >= 0 && home + 2 == parts.size();
        boolean imported = query.getOrDefault("labelSelector", "").startsWith(IMPORTED);
        String plural = imported ? "imported-" + last : last;
        return new ApiRequest(
                one ? NAMESPACES : plural, scoped ? parts.get(home + 1) : "", one ? last : "", query, headers);
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return parameters;
    }
}
