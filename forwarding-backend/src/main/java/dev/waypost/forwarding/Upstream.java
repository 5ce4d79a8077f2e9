package dev.waypost.forwarding;

import dev.waypost.Envelope;
import dev.waypost.forwarding.message.QueryForm;
import dev.waypost.forwarding.message.UpstreamReply;
import dev.waypost.forwarding.transport.Ask;
import dev.waypost.forwarding.transport.IoLoop;
import dev.waypost.forwarding.transport.Outcome;
import dev.waypost.forwarding.transport.UpstreamTransport;
import dev.waypost.jfr.UpstreamEvent;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One upstream: the ways to it and how it does. Belongs to the loop's thread. */
final class Upstream {
    private static final long PROBE_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** A network this near that hedging pays before it does not exist between machines. */
    private static final long LEAST_HEDGE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private static final long CASE_LOST_NANOS = TimeUnit.HOURS.toNanos(1);

    private final IoLoop loop;
    private final ForwardSettings settings;
    private final ForwardMetrics metrics;
    private final Ways ways;
    private final Envelope envelope;
    private final Health health;
    private final ReplyTimes times = new ReplyTimes();
    private boolean probing;
    private boolean caseLost;
    private long caseLostNanos;

    /**
     * How an upstream is reached.
     *
     * @param label as metrics and errors name it
     * @param first what carries a query
     * @param whole what carries it when {@code first} brought a part of the answer, or strangers
     */
    record Ways(String label, UpstreamTransport first, UpstreamTransport whole) {
        /** One way for everything. */
        static Ways one(String label, UpstreamTransport transport) {
            return new Ways(label, transport, transport);
        }

        boolean isOne() {
            return first == whole;
        }
    }

    Upstream(IoLoop loop, Ways ways, ForwardSettings settings, ForwardMetrics metrics) {
        this.loop = loop;
        this.settings = settings;
        this.metrics = metrics;
        this.ways = ways;
        this.envelope = Envelope.PLAIN.withLabels(Map.of("forward/upstream", ways.label())); // CoreDNS's name for it
        this.health = new Health(settings.health().maxFails());
    }

    /** As metrics and errors name it: {@code 192.0.2.1:53}. */
    String label() {
        return ways.label();
    }

    /** What goes around its answers: which upstream it was, for observers. */
    Envelope envelope() {
        return envelope;
    }

    /** Whether others are asked first. */
    boolean isDown() {
        return health.isDown(loop.now());
    }

    /** How long to wait for it before another is asked too. */
    long hedgeNanos() {
        return Math.max(LEAST_HEDGE_NANOS, times.p95Nanos());
    }

    /** How it likes to be asked. */
    QueryForm form() {
        boolean mixed = settings.mixedCase() && !(caseLost && loop.now() - caseLostNanos < CASE_LOST_NANOS);
        return QueryForm.USUAL.withMixedCase(mixed);
    }

    /** A first exchange with it: does it go over a stream already? */
    boolean beginsOnStream() {
        return settings.streamOnly() || ways.isOne();
    }

    /** Asks it once, and takes note of how it does. */
    void ask(boolean stream, Ask ask) {
        long start = loop.now();
        UpstreamEvent event = new UpstreamEvent();
        health.asked(start);
        UpstreamTransport transport = stream ? ways.whole() : ways.first();
        transport.carry(new Ask(ask.question(), ask.form(), ask.deadlineNanos(), outcome -> {
            note(outcome, start);
            if (event.isEnabled()) {
                event.end(label(), ask.question().toText(), outcome.toText());
            }
            ask.done().accept(outcome);
        }));
    }

    private void note(Outcome outcome, long start) {
        if (outcome instanceof Outcome.Replied replied) {
            long nanos = loop.now() - start;
            health.heard();
            times.add(nanos);
            metrics.replied(label(), replied.reply().rcode(), nanos);
        } else if (outcome instanceof Outcome.Failed failed && failed.cause().blamesUpstream()) {
            doubted();
        }
    }

    /** What a try at it came to. */
    void judged(UpstreamReply reply) {
        health.judged(reply.isAnswer(), loop.now());
    }

    /** A try at it ended, and nothing was said. */
    void abandoned() {
        health.abandoned();
    }

    /** Another upstream, asked later, answered sooner. */
    void overtaken() {
        doubted();
    }

    /** It spells names its own way: for a while nothing is to be read out of letters. */
    void losesCase() {
        caseLost = true;
        caseLostNanos = loop.now();
    }

    private void doubted() {
        health.failed(loop.now());
        if (settings.health().maxFails() > 0 && !probing) {
            probing = true;
            probeLater();
        }
    }

    private void probeLater() {
        long interval = settings.health().intervalNanos();
        // A quarter to either side: many forwarders that lost one upstream together do not come back to it in step.
        long jittered = interval - interval / 4 + loop.random().nextLong(interval / 2 + 1);
        loop.at(loop.now() + jittered, this::probe);
    }

    private void probe() {
        if (!health.isDoubted()) { // a query went through meanwhile
            probing = false;
            return;
        }
        UpstreamTransport transport = settings.streamOnly() ? ways.whole() : ways.first();
        QueryForm form = new QueryForm(false, settings.health().recursionDesired(), false);
        transport.carry(new Ask(settings.health().probe(), form, loop.now() + PROBE_TIMEOUT_NANOS, outcome -> {
            if (outcome instanceof Outcome.Replied) { // any RCODE: the path and the process work, as in CoreDNS
                health.heard();
                probing = false;
            } else {
                health.failed(loop.now());
                metrics.probeFailed(label());
                probeLater();
            }
        }));
    }

    void close() {
        ways.first().close();
        ways.whole().close();
    }
}
