package dev.waypost;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.xbill.DNS.Rcode;

/**
 * An answer: what a reply message will say, before any byte is written. Immutable.
 *
 * @param rcode RCODE, 0..4095 (RFC 6895 section 2.3)
 * @param authoritative the AA bit
 * @param recursionAvailable the RA bit
 * @param answer RRsets of the ANSWER section, an alias before what it leads to
 * @param authority RRsets of the AUTHORITY section
 * @param additional RRsets of the ADDITIONAL section, without OPT
 * @param extendedErrors why (RFC 8914); told to clients that sent EDNS
 * @param freshness for how long it may be said again
 * @param staleness whether its source is in touch with where the records come from
 * @param rotatable whether the order of address records may change from reply to reply
 * @param answeredBy the directive or backend that answered, for observers; empty where unknown
 * @param envelope what goes out around the records
 * @param zone every other RRset of the zone whose SOA is the answer: a whole zone for another server (RFC 5936), whose SOA
 *     is said once more at its end. Made as it is read, and the same at every reading; empty in all other responses
 */
public record Response(
        int rcode,
        boolean authoritative,
        boolean recursionAvailable,
        List<RecordSet> answer,
        List<RecordSet> authority,
        List<RecordSet> additional,
        List<ExtendedError> extendedErrors,
        Freshness freshness,
        Staleness staleness,
        boolean rotatable,
        String answeredBy,
        Envelope envelope,
        Optional<Iterable<RecordSet>> zone)
        implements Resolution {
    public Response {
        answer = List.copyOf(answer);
        authority = List.copyOf(authority);
        additional = List.copyOf(additional);
        extendedErrors = List.copyOf(extendedErrors);
    }

    /** An authoritative NOERROR answer. */
    public static Response answer(Freshness freshness, RecordSet... sets) {
        return empty(Rcode.NOERROR, freshness).withAuthoritative(true).withAnswer(List.of(sets));
    }

    /** A response without records that may not be said again: SERVFAIL, REFUSED. */
    public static Response failure(int rcode) {
        return empty(rcode, Freshness.never());
    }

    /** A failure that says why. */
    public static Response failure(int rcode, int infoCode, String text) {
        return failure(rcode).withExtendedError(new ExtendedError(infoCode, text));
    }

    /** REFUSED because too much is under way: it says nothing of the name, and the same query may be asked again. */
    public static Response overloaded(String text) {
        return failure(Rcode.REFUSED, ExtendedError.OVERLOADED, text);
    }

    /** Nothing is said: the client hears no reply at all. A call in this JVM is told REFUSED. */
    public static Response silence() {
        return failure(Rcode.REFUSED, ExtendedError.PROHIBITED, "").withEnvelope(Envelope.PLAIN.withSilent(true));
    }

    /** A response without records. */
    public static Response empty(int rcode, Freshness freshness) {
        return new Response(
                rcode,
                false,
                false,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                freshness,
                Staleness.FRESH,
                false,
                "",
                Envelope.PLAIN,
                Optional.empty());
    }

    /** The same with another RCODE. */
    public Response withRcode(int value) {
        Draft draft = new Draft(this);
        draft.rcode = value;
        return draft.response();
    }

    /** The same with the AA bit set or cleared. */
    public Response withAuthoritative(boolean value) {
        Draft draft = new Draft(this);
        draft.authoritative = value;
        return draft.response();
    }

    /** The same with the RA bit set or cleared. */
    public Response withRecursionAvailable(boolean value) {
        Draft draft = new Draft(this);
        draft.recursionAvailable = value;
        return draft.response();
    }

    /** The same with another ANSWER section. */
    public Response withAnswer(List<RecordSet> value) {
        Draft draft = new Draft(this);
        draft.answer = value;
        return draft.response();
    }

    /** The same with another AUTHORITY section. */
    public Response withAuthority(List<RecordSet> value) {
        Draft draft = new Draft(this);
        draft.authority = value;
        return draft.response();
    }

    /** The same with another ADDITIONAL section. */
    public Response withAdditional(List<RecordSet> value) {
        Draft draft = new Draft(this);
        draft.additional = value;
        return draft.response();
    }

    /** The same with other records in all sections. */
    public Response withSections(
            List<RecordSet> newAnswer, List<RecordSet> newAuthority, List<RecordSet> newAdditional) {
        Draft draft = new Draft(this);
        draft.answer = newAnswer;
        draft.authority = newAuthority;
        draft.additional = newAdditional;
        return draft.response();
    }

    /** The same with the given extended errors. */
    public Response withExtendedErrors(List<ExtendedError> value) {
        Draft draft = new Draft(this);
        draft.extendedErrors = value;
        return draft.response();
    }

    /** The same with another freshness. */
    public Response withFreshness(Freshness value) {
        Draft draft = new Draft(this);
        draft.freshness = value;
        return draft.response();
    }

    /** The same with another staleness. */
    public Response withStaleness(Staleness value) {
        Draft draft = new Draft(this);
        draft.staleness = value;
        return draft.response();
    }

    /** The same, its address records free to be rotated or not. */
    public Response withRotatable(boolean value) {
        Draft draft = new Draft(this);
        draft.rotatable = value;
        return draft.response();
    }

    /** The same, answered by the named directive or backend. */
    public Response withAnsweredBy(String value) {
        Draft draft = new Draft(this);
        draft.answeredBy = value;
        return draft.response();
    }

    /** The same in another envelope. */
    public Response withEnvelope(Envelope value) {
        Draft draft = new Draft(this);
        draft.envelope = value;
        return draft.response();
    }

    /** The same with the rest of a zone behind its SOA. */
    public Response withZone(Iterable<RecordSet> sets) {
        Draft draft = new Draft(this);
        draft.zone = Optional.of(sets);
        return draft.response();
    }

    /** The same with one more extended error. */
    public Response withExtendedError(ExtendedError error) {
        List<ExtendedError> all = new ArrayList<>(extendedErrors);
        all.add(error);
        return withExtendedErrors(all);
    }

    /** Whether it is what {@link #overloaded} gives. */
    public boolean isOverloaded() {
        return extendedErrors.stream().anyMatch(each -> each.infoCode() == ExtendedError.OVERLOADED);
    }

    /**
     * One reply from this one, an alias alone, and what the alias leads to.
     *
     * @param end what the target says; REFUSED where nobody answers for it
     */
    public Response leadingTo(Response end) {
        return AliasChain.joined(this, end);
    }

    @Override
    public Resolution map(UnaryOperator<Response> change) {
        return change.apply(this);
    }

    @Override
    public Resolution flatMap(Function<Response, Resolution> change) {
        return change.apply(this);
    }

    @Override
    public Resolution orElse(Supplier<Resolution> next) {
        return this;
    }

    @Override
    public Resolution bounded(Freshness bound) {
        return withFreshness(freshness.and(bound));
    }

    @Override
    public Response restingOn(Staleness source) {
        return source.equals(Staleness.FRESH) ? this : withStaleness(staleness.and(source));
    }

    /** A response that one field is changed of: the list of all fields stands here only. */
    private static final class Draft {
        private int rcode;
        private boolean authoritative;
        private boolean recursionAvailable;
        private List<RecordSet> answer;
        private List<RecordSet> authority;
        private List<RecordSet> additional;
        private List<ExtendedError> extendedErrors;
        private Freshness freshness;
        private Staleness staleness;
        private boolean rotatable;
        private String answeredBy;
        private Envelope envelope;
        private Optional<Iterable<RecordSet>> zone;

        Draft(Response from) {
            rcode = from.rcode;
            authoritative = from.authoritative;
            recursionAvailable = from.recursionAvailable;
            answer = from.answer;
            authority = from.authority;
            additional = from.additional;
            extendedErrors = from.extendedErrors;
            freshness = from.freshness;
            staleness = from.staleness;
            rotatable = from.rotatable;
            answeredBy = from.answeredBy;
            envelope = from.envelope;
            zone = from.zone;
        }

        Response response() {
            return new Response(
                    rcode,
                    authoritative,
                    recursionAvailable,
                    answer,
                    authority,
                    additional,
                    extendedErrors,
                    freshness,
                    staleness,
                    rotatable,
                    answeredBy,
                    envelope,
                    zone);
        }
    }
}
