package dev.waypost.forwarding;

import java.net.InetSocketAddress;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** One upstream: the ways to it and how it does. Belongs to the loop's thread. */
final class Upstream {
    /** What a probe asks: every resolver knows the root's name servers. */
    private static final Question PROBE = new Question(Name.root, Type.NS, DClass.IN, false, false);

    private static final long PROBE_TIMEOUT_NANOS = 1_000_000_000;

    private final IoLoop loop;
    private final ForwardSettings settings;
    private final ForwardMetrics metrics;
    private final String label;
    private final UpstreamTransport datagrams;
    private final UpstreamTransport streams;
    private int failures;
    private boolean probing;

    Upstream(IoLoop loop, InetSocketAddress address, ForwardSettings settings, ForwardMetrics metrics) {
        this.loop = loop;
        this.settings = settings;
        this.metrics = metrics;
        this.label = AddressLiteral.format(address);
        this.datagrams = new UdpTransport(loop, address);
        this.streams =
                new TcpTransport(loop, address, settings.idleNanos(), reused -> metrics.connection(label, reused));
    }

    /** Address and port, as metrics and errors name it. */
    String label() {
        return label;
    }

    /** Whether it failed so often that others are asked first. */
    boolean isDown() {
        return settings.maxFails() > 0 && failures >= settings.maxFails();
    }

    /** Asks it once, and takes note of how it does. */
    void ask(boolean stream, Ask ask) {
        long start = loop.now();
        UpstreamTransport transport = stream ? streams : datagrams;
        transport.carry(new Ask(ask.question(), ask.edns(), ask.deadlineNanos(), outcome -> {
            note(outcome, start);
            ask.done().accept(outcome);
        }));
    }

    private void note(Outcome outcome, long start) {
        if (outcome instanceof Outcome.Replied replied) {
            failures = 0;
            metrics.replied(label, replied.reply().rcode(), loop.now() - start);
        } else if (outcome instanceof Outcome.Failed failed && failed.cause().blamesUpstream()) {
            failures++;
            beginProbing();
        }
    }

    private void beginProbing() {
        if (settings.maxFails() > 0 && !probing) {
            probing = true;
            probeLater();
        }
    }

    private void probeLater() {
        long interval = settings.healthCheckNanos();
        // A quarter to either side: many forwarders that lost one upstream together do not come back to it in step.
        long jittered = interval - interval / 4 + loop.random().nextLong(interval / 2 + 1);
        loop.at(loop.now() + jittered, this::probe);
    }

    private void probe() {
        if (failures == 0) { // a query went through meanwhile
            probing = false;
            return;
        }
        UpstreamTransport transport = settings.streamOnly() ? streams : datagrams;
        transport.carry(new Ask(PROBE, false, loop.now() + PROBE_TIMEOUT_NANOS, outcome -> {
            if (outcome instanceof Outcome.Replied) { // any RCODE: the path and the process work, as in CoreDNS
                failures = 0;
                probing = false;
            } else {
                failures++;
                metrics.probeFailed(label);
                probeLater();
            }
        }));
    }

    void close() {
        datagrams.close();
        streams.close();
    }
}
