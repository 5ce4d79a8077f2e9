package dev.waypost.forwarding;

import dev.waypost.forwarding.message.QueryForm;
import dev.waypost.forwarding.message.UpstreamReply;
import dev.waypost.forwarding.transport.Ask;
import dev.waypost.forwarding.transport.Outcome;
import org.xbill.DNS.Rcode;

/**
 * One try at one upstream, with all the exchanges it takes: over TCP what a datagram does not hold or strangers disturb,
 * without EDNS where that is refused, over a new connection where a kept one was closed. Belongs to the loop's thread.
 */
final class Attempt {
    /** Exchanges for one try, at most: connections that close under their queries make no endless round. */
    private static final int MOST_EXCHANGES = 12;

    private final Flight flight;
    private final Upstream upstream;
    private QueryForm form;
    private boolean stream;
    private int exchanges;

    Attempt(Flight flight, Upstream upstream, boolean stream) {
        this.flight = flight;
        this.upstream = upstream;
        this.stream = stream;
        this.form = upstream.form();
    }

    Upstream upstream() {
        return upstream;
    }

    /** Asks, unless nobody waits any more. */
    void ask() {
        if (flight.isOver()) {
            upstream.abandoned();
            return;
        }
        if (++exchanges > MOST_EXCHANGES) {
            fail("too many connections closed");
            return;
        }
        upstream.ask(stream, new Ask(flight.question(), form, flight.tryEndNanos(), this::heard));
    }

    private void heard(Outcome outcome) {
        flight.safely(() -> {
            if (outcome instanceof Outcome.Replied replied) {
                judge(replied.reply(), replied.recased());
            } else if (outcome instanceof Outcome.Failed failed) {
                judge(failed);
            }
        });
    }

    private void judge(UpstreamReply reply, boolean recased) {
        if (recased && form.mixedCase()) {
            upstream.losesCase(); // said over TCP, so it is the upstream itself that spells names its own way
        }
        if (reply.truncated() && !stream) {
            stream = true;
            ask(); // the whole answer or none: RFC 7766 section 5
        } else if (reply.truncated()) {
            fail("truncated over TCP");
        } else if (form.edns() && refusesEdns(reply.rcode())) {
            form = form.withoutEdns();
            ask(); // RFC 6891 section 7
        } else {
            upstream.judged(reply);
            flight.replied(this, reply);
        }
    }

    private static boolean refusesEdns(int rcode) {
        return rcode == Rcode.FORMERR || rcode == Rcode.NOTIMP || rcode == Rcode.BADVERS;
    }

    private void judge(Outcome.Failed failed) {
        switch (failed.cause()) {
            case STRAY -> {
                if (stream) {
                    fail(failed.toText());
                } else {
                    stream = true;
                    ask();
                }
            }
            case STALE_CONNECTION -> ask();
            case CLOSED -> flight.land(Flight.refusal(failed.toText()));
            default -> fail(failed.toText());
        }
    }

    private void fail(String words) {
        upstream.abandoned();
        flight.failed(this, upstream.label() + ": " + words);
    }
}
