package dev.waypost.zone;

import dev.waypost.Envelope;
import dev.waypost.ExtendedError;
import dev.waypost.Fallthrough;
import dev.waypost.Freshness;
import dev.waypost.Pending;
import dev.waypost.Query;
import dev.waypost.RecordSet;
import dev.waypost.Resolution;
import dev.waypost.Resolver;
import dev.waypost.Response;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * Turns what a zone holds into what a reply says: RFC 1034 section 4.3.2, written once for every source.
 *
 * <p>Answers from memory are responses at once; only an alias that leads out of the zone, and records that must be fetched
 * first, may become a pending resolution. Safe for any number of threads.
 */
public final class AuthoritativeResolver implements Resolver {
    private static final Response NOT_READY = Response.failure(Rcode.SERVFAIL);
    private static final int MOST_WAITS = 4;

    private final RecordSource source;
    private final FallthroughZones fallthrough;
    private final Resolver aliases;
    private final NegativeAuthority negative;
    private final String answeredBy;

    /**
     * A resolver over one zone.
     *
     * @param source the zone
     * @param fallthrough where a missing name is handed on
     * @param aliases asked for alias targets outside this zone: the whole engine
     */
    public AuthoritativeResolver(RecordSource source, FallthroughZones fallthrough, Resolver aliases) {
        this(source, fallthrough, aliases, "");
    }

    /**
     * A resolver over one zone whose responses say which directive or backend answered.
     *
     * @param answeredBy for observers, e.g. {@code kubernetes}
     */
    public AuthoritativeResolver(
            RecordSource source, FallthroughZones fallthrough, Resolver aliases, String answeredBy) {
        this.source = source;
        this.fallthrough = fallthrough;
        this.aliases = aliases;
        this.negative = new NegativeAuthority(source);
        this.answeredBy = answeredBy;
    }

    /**
     * Answers one query from the zone.
     *
     * @return falls through for a name outside the zone, for a class other than IN, and for a missing name where the
     *     zone's fallthrough allows; SERVFAIL while the source is not ready
     */
    @Override
    public Resolution resolve(Query query) {
        return holds(query) ? respond(query, found(query)) : Fallthrough.FALLTHROUGH;
    }

    private Finding found(Query query) {
        Finding finding = source.find(query.qname(), query.qtype());
        if (query.trail().isWanted()) {
            String kind = finding.getClass().getSimpleName();
            List<String> basis = source.basis(query.qname(), query.qtype());
            query.trail()
                    .step(
                            "source",
                            source.origin() + " says " + kind + " of " + query.qname() + " "
                                    + Type.string(query.qtype())
                                    + (basis.isEmpty() ? "" : ": " + String.join("; ", basis)),
                            "zone",
                            source.origin().toString(),
                            "finding",
                            kind,
                            "basis",
                            String.join("; ", basis));
        }
        return finding;
    }

    private boolean holds(Query query) {
        return query.qclass() == DClass.IN && query.qname().subdomain(source.origin());
    }

    private Resolution respond(Query query, Finding finding) {
        if (finding instanceof Finding.Found found) {
            return found(query, found);
        }
        if (finding instanceof Finding.NoData) {
            return negative(query, Rcode.NOERROR, finding.freshness());
        }
        if (finding instanceof Finding.NxDomain) {
            return fallthrough.contains(query.qname())
                    ? missing(query.qname(), finding.freshness())
                    : negative(query, Rcode.NXDOMAIN, finding.freshness());
        }
        if (finding instanceof Finding.Alias alias) {
            return alias(query, alias);
        }
        if (finding instanceof Finding.Referral referral) {
            return referral(query, referral);
        }
        return awaited(query, (Finding.NotReady) finding, MOST_WAITS);
    }

    /** Hands a name on. Whether it is missing may depend on data that is out of date; where it does not, nothing is said. */
    private Fallthrough missing(Name qname, Freshness freshness) {
        if (freshness == Freshness.always()) {
            return Fallthrough.FALLTHROUGH;
        }
        Standing standing = source.standing(qname);
        return new Fallthrough(freshness.and(standing.freshness()), standing.staleness());
    }

    /** Waits as often as each arrival may show that something else is needed besides, and not for ever. */
    private Resolution awaited(Query query, Finding.NotReady finding, int waitsLeft) {
        Optional<CompletionStage<Void>> arrival =
                waitsLeft == 0 ? Optional.empty() : finding.arrival().by(query.deadlineNanos());
        return arrival.<Resolution>map(stage -> Pending.on(stage.thenApply(arrived -> again(query, waitsLeft - 1))))
                .orElseGet(() -> notReady(query, finding));
    }

    private Resolution again(Query query, int waitsLeft) {
        Finding finding = found(query);
        return finding instanceof Finding.NotReady still ? awaited(query, still, waitsLeft) : respond(query, finding);
    }

    /**
     * A name that is not known yet must not be denied, nor looked for elsewhere: SERVFAIL makes the client ask again.
     */
    private Response notReady(Query query, Finding.NotReady finding) {
        return NOT_READY
                .withExtendedError(new ExtendedError(ExtendedError.NOT_READY, finding.reason()))
                .withStaleness(source.standing(query.qname()).staleness())
                .withAnsweredBy(answeredBy);
    }

    private Response found(Query query, Finding.Found found) {
        List<RecordSet> answer = List.of(spelled(found.set(), query.qname()));
        return response(query, Rcode.NOERROR, new Sections(answer, List.of(), found.additional()), found.freshness());
    }

    private Response negative(Query query, int rcode, Freshness freshness) {
        return response(query, rcode, new Sections(List.of(), negative.authority(), List.of()), freshness);
    }

    /** Not authoritative: what stands below a cut is the child's to say (RFC 1034 section 4.3.2 step 3b). */
    private Response referral(Query query, Finding.Referral referral) {
        Sections sections = new Sections(List.of(), List.of(referral.ns()), referral.glue());
        return response(query, Rcode.NOERROR, sections, referral.freshness()).withAuthoritative(false);
    }

    private Resolution alias(Query query, Finding.Alias alias) {
        RecordSet set = alias.set();
        if (set.type() != Type.DNAME) {
            Response link = link(query, alias, List.of(spelled(set, query.qname())));
            boolean isTheAnswer = query.qtype() == Type.CNAME || query.qtype() == Type.ANY;
            return isTheAnswer ? link : follow(query, alias.target(), link);
        }
        try {
            Name target = Name.concatenate(query.qname().relativize(set.owner()), alias.target());
            // For clients that do not know DNAME; with the DNAME's TTL (RFC 6672 section 3.1).
            RecordSet synthesized =
                    RecordSet.ofRdata(query.qname(), Type.CNAME, set.ttlSeconds(), List.of(target.toWire()));
            Response link = link(query, alias, List.of(set, synthesized));
            // Nothing stands at the name, so that ANY moves on as other types do: RFC 6672 section 3.2.
            return query.qtype() == Type.CNAME ? link : follow(query, target, link);
        } catch (NameTooLongException tooLong) {
            return link(query, alias, List.of(set)).withRcode(Rcode.YXDOMAIN); // RFC 6672 section 2.2
        }
    }

    private Response link(Query query, Finding.Alias alias, List<RecordSet> links) {
        return response(query, Rcode.NOERROR, new Sections(links, List.of(), List.of()), alias.freshness());
    }

    private Resolution follow(Query query, Name target, Response link) {
        if (!query.mayFollow(target)) {
            return link;
        }
        // A target that is nobody's ends the chain: the client may ask elsewhere for it.
        return end(query.following(target))
                .orElse(() -> Response.empty(Rcode.NOERROR, Freshness.always()))
                .map(link::leadingTo);
    }

    /** What the name at the end of an alias says, or what the next alias leads to. */
    private Resolution end(Query next) {
        if (!holds(next)) {
            return aliases.resolve(next);
        }
        Finding finding = found(next);
        return finding instanceof Finding.Referral
                ? aliases.resolve(next).orElse(() -> respond(next, finding)) // the child may be served here too
                : respond(next, finding).orElse(() -> aliases.resolve(next));
    }

    private Response response(Query query, int rcode, Sections sections, Freshness freshness) {
        Standing standing = source.standing(query.qname());
        return new Response(
                rcode,
                true,
                false,
                sections.answer(),
                sections.authority(),
                sections.additional(),
                standing.remarks(),
                freshness.and(standing.freshness()),
                standing.staleness(),
                false,
                answeredBy,
                Envelope.PLAIN,
                Optional.empty());
    }

    private record Sections(List<RecordSet> answer, List<RecordSet> authority, List<RecordSet> additional) {}

    private static RecordSet spelled(RecordSet set, Name qname) {
        return set.owner() == qname ? set : set.withOwner(qname);
    }
}
