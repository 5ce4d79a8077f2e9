package dev.waypost.wire;

import static dev.waypost.wire.BigEndian.int32;
import static dev.waypost.wire.BigEndian.put32;

import dev.waypost.Client;
import dev.waypost.Exchange;
import dev.waypost.Freshness;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A rendered reply that may be said again: the remembered output of the message plane. Immutable.
 *
 * <p>Replaying copies the octets and patches what belongs to the one query: ID, the letter case of QNAME (to which the
 * owners in the reply point), the TTLs of a forwarded answer, and which address comes first.
 */
final class Image {
    /** Octets of an image at most; longer replies are written anew each time, so that the table stays small. */
    static final int MAX_OCTETS = 4096;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    // The query's words and the reply's parts stand here and not in objects of their own: a table of many names is out
    // of the processor's caches, and each step from object to object waits for memory.
    private final byte[] octets;
    private final int qnameEnd;
    private final boolean datagram;
    private final long head;
    private final long opt;
    private final int[] ttls;
    private final AddressRun[] runs;
    private final Freshness freshness;
    private final boolean forSome;
    private final boolean wantsTime;
    private final long bornNanos;
    private final Route route;
    private final Exchange first;

    /**
     * @param query an imageable query, and what its reply was rendered for
     * @param octets the reply, this image's to keep
     * @param layout what of it changes from replay to replay
     */
    Image(QueryMessage query, boolean datagram, byte[] octets, ReplyLayout layout, Birth birth) {
        this.octets = octets;
        this.qnameEnd = ImageKey.qnameEnd(query.octets(), query.length());
        this.datagram = datagram;
        this.head = ImageKey.head(query.octets());
        this.opt = ImageKey.opt(query.octets(), query.length(), qnameEnd);
        this.ttls = layout.ttls();
        this.runs = layout.runs();
        this.freshness = birth.freshness();
        this.forSome = freshness.isForSome();
        this.bornNanos = birth.nanoTime();
        this.route = birth.route();
        this.first = birth.exchange();
        this.wantsTime = freshness.isTimed() || route.isObserved();
    }

    /** The hash of this image's key. */
    int hash(long seed) {
        return ImageKey.hash(octets, qnameEnd, head, opt, seed);
    }

    /**
     * Whether this is the reply to a query, given in the parts of its key; whether it still holds is another question.
     */
    boolean answers(byte[] query, int queryQnameEnd, long queryHead, long queryOpt) {
        return queryQnameEnd == qnameEnd
                && queryHead == head
                && queryOpt == opt
                && ImageKey.sameQuestion(query, octets, qnameEnd);
    }

    /** Whether another image has the same key. */
    boolean isLike(Image other) {
        return datagram == other.datagram && answers(other.octets, other.qnameEnd, other.head, other.opt);
    }

    boolean isDatagram() {
        return datagram;
    }

    Route route() {
        return route;
    }

    /** Whether the time takes part in whether it holds, in its TTLs, or in what observers are told. */
    boolean wantsTime() {
        return wantsTime;
    }

    boolean holdsAt(long nanoTime) {
        return freshness.holdsAt(nanoTime);
    }

    /** Whether the client of a path may have it; who that is, is asked only where it matters. */
    boolean isFor(ReplyPath path) {
        return !forSome || freshness.holdsFor(path.client());
    }

    /** Octets of the reply. */
    int length() {
        return octets.length;
    }

    /**
     * Writes the reply to a query that has this image's key. Allocates nothing.
     *
     * @param reply at least {@link #length()} octets
     */
    void replay(byte[] query, byte[] reply, long nanoTime) {
        System.arraycopy(octets, 0, reply, 0, octets.length);
        reply[0] = query[0];
        reply[1] = query[1];
        System.arraycopy(query, Header.OCTETS, reply, Header.OCTETS, qnameEnd - Header.OCTETS);
        for (AddressRun run : runs) {
            run.copy(octets, reply, ThreadLocalRandom.current().nextInt(run.count()));
        }
        if (ttls.length > 0) {
            countDown(reply, (nanoTime - bornNanos) / NANOS_PER_SECOND);
        }
    }

    /** Takes whole elapsed seconds off every TTL: what is left of it is the client's (RFC 1034 section 3.6). */
    private void countDown(byte[] reply, long elapsedSeconds) {
        for (int at : ttls) {
            put32(reply, at, (int) Math.max(0, int32(octets, at) - elapsedSeconds));
        }
    }

    /** What observers are told of a replay. */
    Exchange replayed(Client client, int id, long durationNanos) {
        return new Exchange(
                first.server(),
                first.zone(),
                client,
                id,
                first.opcode(),
                first.qname(),
                first.qtype(),
                first.qclass(),
                first.dnssecOk(),
                first.udpPayloadSize(),
                first.querySize(),
                first.replySize(),
                first.replyFlags(),
                first.rcode(),
                first.answerRecords(),
                first.answeredBy(),
                Map.of(),
                durationNanos,
                true);
    }

    /**
     * Where an image comes from.
     *
     * @param freshness for how long it may be said again
     * @param nanoTime when its TTLs were true
     * @param route who answered, and who watches
     * @param exchange what observers were told when it was rendered
     */
    record Birth(Freshness freshness, long nanoTime, Route route, Exchange exchange) {}
}
