package dev.waypost.kubernetes.watch;

import dev.waypost.kubernetes.model.JsonDocument;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** The API server's "no", as an HTTP status or as an ERROR event in a watch. */
public final class ApiRefusal extends IOException {
    static final int UNAUTHORIZED = 401;
    static final int FORBIDDEN = 403;
    static final int NOT_FOUND = 404;
    static final int GONE = 410;
    static final int GATEWAY_TIMEOUT = 504;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int CLIENT_ERROR = 400;
    private static final int SERVER_ERROR = 500;

    private static final long serialVersionUID = 1L;
    private static final long MOST_BODY_OCTETS = 64 * 1024;
    private static final int MOST_MESSAGE = 300;
    private static final long MOST_RETRY_AFTER_SECONDS = 300;

    private final int code;
    private final transient Optional<Duration> retryAfter;

    ApiRefusal(int code, String message, Optional<Duration> retryAfter) {
        super(code + " " + message);
        this.code = code;
        this.retryAfter = retryAfter;
    }

    /** Reads a response that is not 2xx. */
    static ApiRefusal of(Response response) throws IOException {
        String body = response.peekBody(MOST_BODY_OCTETS).string();
        return new ApiRefusal(response.code(), message(body), retryAfter(response.header("Retry-After")));
    }

    /** The message of a Status object; the text itself where a proxy answered. */
    private static String message(String body) {
        String[] message = {""};
        try {
            JsonDocument document = new JsonDocument(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
            document.object(field -> {
                if (field.equals("message")) {
                    message[0] = document.text();
                } else {
                    document.skip();
                }
            });
        } catch (IOException noStatus) {
            message[0] = body;
        }
        String text = message[0].isEmpty() ? body.strip() : message[0];
        return text.length() <= MOST_MESSAGE ? text : text.substring(0, MOST_MESSAGE) + "...";
    }

    /** Kept in bounds: a header may be hostile or a proxy's, and silences a watch no longer than it can be trusted. */
    private static Optional<Duration> retryAfter(@Nullable String header) {
        try {
            return header == null ? Optional.empty() : Optional.of(bounded(Long.parseLong(header.strip())));
        } catch (NumberFormatException date) {
            return Optional.empty(); // the API server writes seconds; a date from a proxy is not worth a clock
        }
    }

    private static Duration bounded(long seconds) {
        return Duration.ofSeconds(Math.max(0, Math.min(seconds, MOST_RETRY_AFTER_SECONDS)));
    }

    /** The HTTP status. */
    public int code() {
        return code;
    }

    /** Whether the account's rights are too few. */
    public boolean isByRbac() {
        return code == FORBIDDEN;
    }

    /** How long the server asks us to stay away, 0 to 5 minutes. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** Whether the version we hold is of no use any more: too old, or from before an etcd restore. */
    boolean isVersionLost() {
        return code == GONE
                || code == GATEWAY_TIMEOUT && String.valueOf(getMessage()).contains("Too large resource version");
    }

    /** Whether it is the question that the server does not understand, not who asks it or when. */
    boolean isOfTheQuestion() {
        boolean known = code == UNAUTHORIZED || code == FORBIDDEN || code == GONE || code == TOO_MANY_REQUESTS;
        return code >= CLIENT_ERROR && code < SERVER_ERROR && !known;
    }
}
