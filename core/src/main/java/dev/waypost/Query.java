package dev.waypost;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * One question with what an answer may depend on.
 *
 * @param qname absolute name, in the client's spelling
 * @param qtype type code, 1..65535 (RFC 6895 section 3.1)
 * @param qclass class code, 0..65535
 * @param recursionDesired the RD bit
 * @param checkingDisabled the CD bit
 * @param edns the client's OPT record, {@link Edns#NONE} without one
 * @param client who asks
 * @param deadlineNanos the {@link Ticker} time after which nobody waits for the answer
 * @param server the listener that took the query, as {@link Exchange#server()} has it: an alias leads on to the zones that
 *     this listener serves, and no others. {@link #MEMORY} for a call in this JVM
 * @param followed the aliases already followed to reach {@code qname}, oldest first; empty for a client's own question
 * @param metadata labels about the client's own question, made when they are asked for
 * @param trail takes the steps by which the answer comes about, where somebody wants to know
 * @param serial which state of the zone the other side has: the client of an incremental transfer (RFC 1995 section 3),
 *     or the primary that tells of a change (RFC 1996 section 3.7); empty in all other messages
 */
public record Query(
        Name qname,
        int qtype,
        int qclass,
        boolean recursionDesired,
        boolean checkingDisabled,
        Edns edns,
        Client client,
        long deadlineNanos,
        String server,
        List<Name> followed,
        Metadata metadata,
        Trail trail,
        Optional<Serial> serial) {
    /** How long a query may take where its caller says nothing. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

    /** The listener's name for calls in this JVM, which lead to the zones of every listener. */
    public static final String MEMORY = "memory";

    /** Aliases followed for one query, at most (the bound CoreDNS and Unbound keep too). */
    public static final int MAX_ALIASES = 11;

    public Query {
        if (!qname.isAbsolute()) {
            throw new IllegalArgumentException("qname wants an absolute name, found \"" + qname + "\"");
        }
        followed = List.copyOf(followed);
    }

    /** A question of this JVM. */
    public Query(
            Name qname,
            int qtype,
            int qclass,
            boolean recursionDesired,
            boolean checkingDisabled,
            Edns edns,
            Client client,
            long deadlineNanos,
            List<Name> followed) {
        this(
                qname,
                qtype,
                qclass,
                recursionDesired,
                checkingDisabled,
                edns,
                client,
                deadlineNanos,
                MEMORY,
                followed,
                Metadata.NONE,
                Trail.NONE,
                Optional.empty());
    }

    /** A question from this JVM: class IN, recursion desired, no EDNS, {@link #DEFAULT_TIMEOUT} from now. */
    public static Query of(Name qname, int qtype) {
        long deadlineNanos = Ticker.SYSTEM.nanoTime() + DEFAULT_TIMEOUT.toNanos();
        return new Query(qname, qtype, DClass.IN, true, false, Edns.NONE, Client.IN_PROCESS, deadlineNanos, List.of());
    }

    /** The same question for another name, asked by a rewriting layer; not an alias. */
    public Query withQname(Name name) {
        Draft draft = new Draft(this);
        draft.qname = name;
        return draft.query();
    }

    /** The same question for another type. */
    public Query withQtype(int type) {
        Draft draft = new Draft(this);
        draft.qtype = type;
        return draft.query();
    }

    /** The same question for another class. */
    public Query withQclass(int code) {
        Draft draft = new Draft(this);
        draft.qclass = code;
        return draft.query();
    }

    /** The same question with the RD bit set or cleared. */
    public Query withRecursionDesired(boolean value) {
        Draft draft = new Draft(this);
        draft.recursionDesired = value;
        return draft.query();
    }

    /** The same question with another OPT record. */
    public Query withEdns(Edns value) {
        Draft draft = new Draft(this);
        draft.edns = value;
        return draft.query();
    }

    /** The same question from another client. */
    public Query withClient(Client value) {
        Draft draft = new Draft(this);
        draft.client = value;
        return draft.query();
    }

    /** The same question with another deadline. */
    public Query withDeadline(long nanoTime) {
        Draft draft = new Draft(this);
        draft.deadlineNanos = nanoTime;
        return draft.query();
    }

    /** The same question with labels. */
    public Query withMetadata(Metadata labels) {
        Draft draft = new Draft(this);
        draft.metadata = labels;
        return draft.query();
    }

    /** The same question for somebody who wants to know how its answer comes about. */
    public Query withTrail(Trail steps) {
        Draft draft = new Draft(this);
        draft.trail = steps;
        return draft.query();
    }

    /** The same question from a client that has a state of the zone. */
    public Query withSerial(Serial held) {
        Draft draft = new Draft(this);
        draft.serial = Optional.of(held);
        return draft.query();
    }

    /** Whether a whole zone is asked for, or what changed in it: not one RRset of a name (RFC 5936, RFC 1995). */
    public boolean asksForTransfer() {
        return qtype == Type.AXFR || qtype == Type.IXFR;
    }

    /**
     * Whether an alias to {@code target} may be followed: it was not followed before and the chain is not too long.
     * A loop so ends with each record once.
     */
    public boolean mayFollow(Name target) {
        return followed.size() < MAX_ALIASES && !qname.equals(target) && !followed.contains(target);
    }

    /** The question that follows an alias of this question's name. */
    public Query following(Name target) {
        List<Name> chain = new ArrayList<>(followed.size() + 1);
        chain.addAll(followed);
        chain.add(qname);
        Draft draft = new Draft(this);
        draft.qname = target;
        draft.followed = chain;
        return draft.query();
    }

    /** A query that a field is changed of: the list of all fields stands here only. */
    private static final class Draft {
        private Name qname;
        private int qtype;
        private int qclass;
        private boolean recursionDesired;
        private final boolean checkingDisabled;
        private Edns edns;
        private Client client;
        private long deadlineNanos;
        private final String server;
        private List<Name> followed;
        private Metadata metadata;
        private Trail trail;
        private Optional<Serial> serial;

        Draft(Query from) {
            qname = from.qname;
            qtype = from.qtype;
            qclass = from.qclass;
            recursionDesired = from.recursionDesired;
            checkingDisabled = from.checkingDisabled;
            edns = from.edns;
            client = from.client;
            deadlineNanos = from.deadlineNanos;
            server = from.server;
            followed = from.followed;
            metadata = from.metadata;
            trail = from.trail;
            serial = from.serial;
        }

        Query query() {
            return new Query(
                    qname,
                    qtype,
                    qclass,
                    recursionDesired,
                    checkingDisabled,
                    edns,
                    client,
                    deadlineNanos,
                    server,
                    followed,
                    metadata,
                    trail,
                    serial);
        }
    }
}
