package dev.waypost.socket.transfer;

import dev.waypost.Lifecycle;
import dev.waypost.Metric;
import dev.waypost.MetricSource;
import dev.waypost.RecordSet;
import dev.waypost.Serial;
import dev.waypost.zone.Finding;
import dev.waypost.zone.RecordSource;
import dev.waypost.zone.TransferableSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * Tells other servers that zones have changed (RFC 1996): at the start, and whenever a serial is another one, by datagrams
 * that are sent again until they are answered. A zone is told of once in five seconds at most, however often it changes.
 *
 * <p>Looks at the serials once a second; has one thread, a daemon.
 */
public final class NotifySender implements Lifecycle, MetricSource {
    private static final Logger LOG = System.getLogger("dev.waypost.notify");

    /** RFC 1996 section 3.6. */
    private static final int MOST_TRIES = 5;

    private static final long JOIN_MILLIS = 900;

    private final List<? extends RecordSource> zones;
    private final Function<Name, List<NotifyTarget>> targets;
    private final List<InetAddress> from;
    private final NotifyPace pace;
    private final Map<Name, Told> told = new HashMap<>();
    private final Map<To, Word> words = new HashMap<>();
    private final LongAdder sent = new LongAdder();
    private final LongAdder answered = new LongAdder();
    private final LongAdder unanswered = new LongAdder();
    private volatile boolean closed;
    private @Nullable NotifySockets sockets;
    private @Nullable Thread thread;
    private long lastLook;

    /**
     * A sender.
     *
     * @param zones looked at again and again, so that a view of a list may grow until the start. Those that are no {@link
     *     TransferableSource} are passed over
     * @param targets who is told of a zone
     * @param from where datagrams come from, the first of a family; the system chooses where there is none. A view of a
     *     list may grow until the start
     */
    public NotifySender(
            List<? extends RecordSource> zones, Function<Name, List<NotifyTarget>> targets, List<InetAddress> from) {
        this(zones, targets, from, NotifyPace.USUAL);
    }

    NotifySender(
            List<? extends RecordSource> zones,
            Function<Name, List<NotifyTarget>> targets,
            List<InetAddress> from,
            NotifyPace pace) {
        this.zones = zones;
        this.targets = targets;
        this.from = from;
        this.pace = pace;
    }

    @Override
    public String name() {
        return "notify";
    }

    @Override
    public synchronized void start() {
        try {
            NotifySockets opened = new NotifySockets(from);
            sockets = opened;
            lastLook = System.nanoTime() - pace.look().toNanos();
            Thread started = new Thread(() -> run(opened), "waypost-notify");
            started.setDaemon(true);
            started.start();
            thread = started;
        } catch (IOException refused) {
            throw new UncheckedIOException("cannot open a selector: " + refused.getMessage(), refused);
        }
    }

    /** Closes its sockets itself: whoever ends it may not wait for it. */
    private void run(NotifySockets open) {
        try (open) {
            tell(open);
        } catch (IOException unclosed) {
            LOG.log(Level.WARNING, () -> "a socket was not closed: " + unclosed);
        }
    }

    @SuppressWarnings("CatchingUnchecked") // whatever a source throws, an Error too, the others are told of
    private void tell(NotifySockets open) {
        while (!closed) {
            Thread.interrupted(); // an interrupt would make every select return at once
            try {
                look();
                sendDue(open);
                open.await(pace.look().toMillis(), this::received);
            } catch (IOException | RuntimeException | Error failed) {
                if (!closed) {
                    LOG.log(Level.WARNING, "telling of changes failed, and goes on: " + failed);
                    pause();
                }
            }
        }
    }

    private void pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(pace.look().toNanos());
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /** Finds zones that have another serial than was told. */
    private void look() {
        long now = System.nanoTime();
        if (now - lastLook < pace.look().toNanos()) {
            return;
        }
        lastLook = now;
        for (RecordSource zone : zones) {
            if (zone instanceof TransferableSource
                    && zone.find(zone.origin(), Type.SOA) instanceof Finding.Found found) {
                look(found.set(), now);
            }
        }
    }

    private void look(RecordSet soa, long now) {
        Name zone = soa.owner();
        Serial serial = Serial.of(soa);
        Told before = told.get(zone);
        if (before != null
                && (before.serial.equals(serial)
                        || now - before.nanoTime < pace.apart().toNanos())) {
            return;
        }
        told.put(zone, new Told(serial, now));
        for (NotifyTarget target : targets.apply(zone)) {
            words.put(new To(zone, target.address()), new Word(new NotifyMessage(soa, target), now));
        }
    }

    private void sendDue(NotifySockets open) {
        long now = System.nanoTime();
        Iterator<Map.Entry<To, Word>> entries = words.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<To, Word> entry = entries.next();
            Word word = entry.getValue();
            if (now - word.dueNanos < 0) {
                continue;
            }
            if (word.tries == MOST_TRIES) {
                entries.remove();
                unanswered.increment();
                LOG.log(Level.WARNING, () -> entry.getKey() + " did not answer that the zone has changed");
            } else {
                word.again(now, pace.patience());
                send(open, entry.getKey(), word.message);
            }
        }
    }

    private void send(NotifySockets open, To to, NotifyMessage message) {
        try {
            open.send(message.octets(), to.address);
            sent.increment();
        } catch (IOException unsent) {
            LOG.log(Level.WARNING, () -> to + " could not be told that the zone has changed: " + unsent);
        }
    }

    private void received(InetSocketAddress sender, byte[] datagram) {
        words.entrySet().removeIf(entry -> {
            Optional<String> rcode = entry.getKey().address.equals(sender)
                    ? entry.getValue().message.rcode(datagram)
                    : Optional.empty();
            rcode.ifPresent(answer -> answered(entry.getKey(), answer));
            return rcode.isPresent();
        });
    }

    private void answered(To to, String rcode) {
        answered.increment();
        if (!rcode.equals("NOERROR")) {
            LOG.log(Level.INFO, () -> to + " says " + rcode + " to the word that the zone has changed");
        }
    }

    @Override
    public void collect(Consumer<Metric> sink) {
        sink.accept(counter("waypost_notify_sent_total", "NOTIFY messages sent.", sent));
        sink.accept(counter("waypost_notify_answered_total", "Words of change that were answered.", answered));
        sink.accept(counter("waypost_notify_unanswered_total", "Words of change that never were.", unanswered));
    }

    private static Metric counter(String name, String help, LongAdder value) {
        return new Metric.Counter(name, help, Map.of(), value.sum());
    }

    @Override
    public synchronized void close() {
        closed = true;
        NotifySockets open = sockets;
        Thread started = thread;
        if (open == null || started == null) {
            return;
        }
        open.wakeUp();
        started.interrupt();
        try {
            started.join(JOIN_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** What was told of a zone last. */
    private record Told(Serial serial, long nanoTime) {}

    /** Who is to hear of which zone. */
    private record To(Name zone, InetSocketAddress address) {
        @Override
        public String toString() {
            return address.getAddress().getHostAddress() + "#" + address.getPort() + ", a server for " + zone + ",";
        }
    }

    /** A word that was not answered yet. */
    private static final class Word {
        private final NotifyMessage message;
        private int tries;
        private long dueNanos;

        Word(NotifyMessage message, long dueNanos) {
            this.message = message;
            this.dueNanos = dueNanos;
        }

        void again(long now, Duration patience) {
            dueNanos = now + (patience.toNanos() << tries);
            tries++;
        }
    }
}
