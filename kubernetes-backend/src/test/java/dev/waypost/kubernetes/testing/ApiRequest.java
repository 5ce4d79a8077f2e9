package dev.waypost.kubernetes.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request that came to a {@link ScriptedApiServer}.
 *
 * @param resource the last part of its path, e.g. {@code services}
 * @param query its query parameters
 * @param headers its header fields, names in lower case
 */
public record ApiRequest(String resource, Map<String, String> query, Map<String, String> headers) {
    /** Copies the maps in. */
    public ApiRequest {
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }

    /** Whether it asks for a watch; for a list otherwise. */
    public boolean isWatch() {
        return "true".equals(query.get("watch"));
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
        String path = mark < 0 ? target : target.substring(0, mark);
        String query = mark < 0 ? "" : target.substring(mark + 1);
        return Optional.of(new ApiRequest(path.substring(path.lastIndexOf('/') + 1), parameters(query), headers));
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
