package dev.waypost.socket;

import dev.waypost.Readiness;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Says whether every part can answer: as CoreDNS does, a part that was ready once counts as ready from then on. */
final class ReadyPage implements HttpEndpoint.Page {
    private static final int OK = 200;

    private static final int UNAVAILABLE = 503;

    private final boolean continuously;
    private final Set<String> onceReady = ConcurrentHashMap.newKeySet();

    ReadyPage(boolean continuously) {
        this.continuously = continuously;
    }

    @Override
    public HttpReply reply(Served served) {
        if (served.isStopping()) {
            return HttpReply.text(UNAVAILABLE, "stopping");
        }
        Map<String, Readiness> waiting = waiting(served.readiness());
        return waiting.isEmpty() ? HttpReply.text(OK, "OK") : HttpReply.text(UNAVAILABLE, names(waiting));
    }

    private Map<String, Readiness> waiting(Map<String, Readiness> parts) {
        Map<String, Readiness> waiting = new LinkedHashMap<>();
        parts.forEach((name, readiness) -> {
            if (readiness.ready()) {
                onceReady.add(name);
            } else if (continuously || !onceReady.contains(name)) {
                waiting.put(name, readiness);
            }
        });
        return waiting;
    }

    /** The names in one line, as CoreDNS has them, then why, which CoreDNS does not say. */
    private static String names(Map<String, Readiness> waiting) {
        StringBuilder text = new StringBuilder(String.join(",", waiting.keySet()));
        waiting.forEach((name, readiness) -> {
            if (!readiness.reason().isEmpty()) {
                text.append('\n').append(name).append(": ").append(readiness.reason());
            }
        });
        return text.toString();
    }
}
