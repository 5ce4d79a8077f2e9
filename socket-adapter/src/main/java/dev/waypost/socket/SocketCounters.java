package dev.waypost.socket;

import dev.waypost.Metric;
import dev.waypost.MetricSource;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** What happens at the sockets themselves, where no query observer sees it. */
final class SocketCounters implements MetricSource {
    /** Why a connection was closed. */
    enum Closing {
        BY_CLIENT,
        HANDSHAKE,
        RESET,
        IDLE,
        SLOW_READER,
        SLOW_WRITER,
        MALFORMED,
        CROWDED_OUT,
        STOPPED,
        FAILED
    }

    private final LongAdder failures = new LongAdder();
    private final LongAdder receiveErrors = new LongAdder();
    private final LongAdder sendErrors = new LongAdder();
    private final LongAdder acceptErrors = new LongAdder();
    private final LongAdder opened = new LongAdder();
    private final Map<Closing, LongAdder> closed = new EnumMap<>(Closing.class);

    SocketCounters() {
        for (Closing reason : Closing.values()) {
            closed.put(reason, new LongAdder());
        }
    }

    /** Something was thrown where nothing may be, or a worker died; the worker goes on or is replaced. */
    void failed() {
        failures.increment();
    }

    /** A datagram could not be received. */
    void receiveError() {
        receiveErrors.increment();
    }

    /** A datagram could not be sent. */
    void sendError() {
        sendErrors.increment();
    }

    /** A connection could not be accepted. */
    void acceptError() {
        acceptErrors.increment();
    }

    /** A connection was accepted. */
    void connectionOpened() {
        opened.increment();
    }

    /** A connection was closed. */
    void connectionClosed(Closing reason) {
        count(reason).increment();
    }

    /** How many connections were closed for a reason. */
    long closed(Closing reason) {
        return count(reason).sum();
    }

    /** How often something was thrown where nothing may be. */
    long failures() {
        return failures.sum();
    }

    /** How often a connection could not be accepted. */
    long acceptErrors() {
        return acceptErrors.sum();
    }

    private LongAdder count(Closing reason) {
        return Objects.requireNonNull(closed.get(reason));
    }

    @Override
    public void collect(Consumer<Metric> sink) {
        sink.accept(counter("waypost_socket_failures_total", "Exceptions that reached a socket's thread.", failures));
        sink.accept(counter("waypost_udp_receive_errors_total", "Datagrams not received.", receiveErrors));
        sink.accept(counter("waypost_udp_send_errors_total", "Datagrams not sent.", sendErrors));
        sink.accept(counter("waypost_tcp_accept_errors_total", "Connections not accepted.", acceptErrors));
        sink.accept(counter("waypost_tcp_connections_opened_total", "Connections accepted.", opened));
        closed.forEach((reason, count) -> sink.accept(new Metric.Counter(
                "waypost_tcp_connections_closed_total",
                "Connections closed, by reason.",
                Map.of("reason", reason.name().toLowerCase(Locale.ROOT)),
                count.sum())));
    }

    private static Metric counter(String name, String help, LongAdder value) {
        return new Metric.Counter(name, help, Map.of(), value.sum());
    }
}
