package dev.waypost.zone.peers;

import dev.waypost.testing.peers.Peer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * Where another server's answer may be another one: the list of {@code core/README.md}, a method an entry. What remains
 * unequal is a fault of this library or of the peer.
 */
final class AgreedDifferences {
    /** Chains of so many aliases are followed to their end by every server. */
    private static final int SHORT_CHAIN = 5;

    /** Types whose additional records not every server adds. */
    private static final Set<Integer> OPTIONAL_ADDITIONAL =
            Set.of(Type.SVCB, Type.HTTPS, Type.NAPTR, Type.KX, Type.AFSDB);

    private final Peer peer;
    private final List<Name> origins;
    private final Set<String> owners;

    AgreedDifferences(Peer peer, List<PeerZone> zones) {
        this.peer = peer;
        this.origins = zones.stream().map(PeerZone::name).toList();
        this.owners = zones.stream()
                .flatMap(zone -> zone.owners().stream())
                .filter(owner -> !owner.isWild())
                .map(Reply::text)
                .collect(Collectors.toSet());
    }

    /** Whether the answers say the same, but for what is agreed. */
    boolean allow(Question question, Reply ours, Reply theirs) {
        if (ours.equals(theirs)) {
            return true;
        }
        if (ours.authoritative() != theirs.authoritative()) {
            return false;
        }
        if (longChainIsCut(ours, theirs) || chainEndsAtTheZone(ours, theirs)) {
            return true;
        }
        if (question.qtype() == Type.ANY && !ours.answer().isEmpty()) {
            return anyIsAnsweredInPart(ours, theirs);
        }
        return rcode(ours, theirs).equals(theirs.rcode())
                && ours.answer().equals(each(theirs.answer()))
                && ours.authority().equals(withoutApexNs(ours, theirs))
                && additionalIsAsGood(question, ours, theirs);
    }

    /** ANY: one RRset here and of NSD and Knot, though not the same; all of BIND, which does not follow a DNAME for it. */
    private boolean anyIsAnsweredInPart(Reply ours, Reply theirs) {
        if (peer == Peer.BIND) {
            return contains(theirs, ours.answer()) && rcode(ours, theirs).equals(theirs.rcode())
                    || links(theirs) == 1 && contains(ours, theirs.answer());
        }
        return ours.rcode().equals(theirs.rcode()) && !theirs.answer().isEmpty();
    }

    private static boolean contains(Reply reply, List<String> lines) {
        return new HashSet<>(reply.answer()).containsAll(lines);
    }

    /** A chain is bounded here by 11 aliases, elsewhere by fewer, by more, or by the size of a message. */
    private static boolean longChainIsCut(Reply ours, Reply theirs) {
        return links(ours) != links(theirs)
                && Math.max(links(ours), links(theirs)) > SHORT_CHAIN
                && (contains(ours, theirs.answer()) || contains(theirs, ours.answer()));
    }

    private static long links(Reply reply) {
        return each(reply.answer()).stream()
                .filter(line -> line.contains(" cname "))
                .count();
    }

    /** A loop of aliases is NOERROR here, at NSD and Knot; SERVFAIL with the same records at BIND. */
    private String rcode(Reply ours, Reply theirs) {
        boolean isLoop = links(ours) > 0 && ours.authority().isEmpty() && contains(ours, theirs.answer());
        return peer == Peer.BIND && isLoop && theirs.rcode().equals("SERVFAIL") ? theirs.rcode() : ours.rcode();
    }

    /** An alias that leads into another zone of the server is followed here and by NSD, not by Knot and BIND. */
    private boolean chainEndsAtTheZone(Reply ours, Reply theirs) {
        return peer != Peer.NSD
                && theirs.rcode().equals("NOERROR")
                && contains(ours, theirs.answer())
                && theirs.answer().stream().anyMatch(this::leavesItsZone);
    }

    private boolean leavesItsZone(String line) {
        String[] words = line.split(" ");
        return words[2].equals("cname") && zoneOf(words[0]) != zoneOf(words[3]);
    }

    /** The nearest origin above a name; null outside of them all. */
    private @Nullable Name zoneOf(String name) {
        Name nearest = null;
        for (Name origin : origins) {
            boolean isNearer = nearest == null || origin.subdomain(nearest);
            nearest = isNearer && Name.fromConstantString(name).subdomain(origin) ? origin : nearest;
        }
        return nearest;
    }

    /** An alias of a wildcard to itself is in the answer once here; NSD and Knot say it twice. */
    private static List<String> each(List<String> lines) {
        return lines.stream().distinct().toList();
    }

    /** NSD names the zone's servers beside every answer; here they are told when asked for. */
    private List<String> withoutApexNs(Reply ours, Reply theirs) {
        boolean isPositive = theirs.authoritative()
                && !theirs.answer().isEmpty()
                && ours.authority().isEmpty();
        return peer == Peer.NSD && isPositive
                ? theirs.authority().stream()
                        .filter(line -> !line.contains(" ns "))
                        .toList()
                : theirs.authority();
    }

    /**
     * Additional records are a courtesy, and others may have more. A referral's glue is needed and the same; at BIND it is
     * what stands below cuts. What a wildcard gives is left out by BIND and named wrongly by NSD.
     */
    private boolean additionalIsAsGood(Question question, Reply ours, Reply theirs) {
        List<String> own = standing(ours);
        List<String> other = standing(theirs);
        boolean isReferral = ours.authority().stream().anyMatch(line -> line.contains(" ns "));
        if (isReferral) {
            return peer == Peer.BIND ? own.containsAll(other) : own.equals(other);
        }
        return OPTIONAL_ADDITIONAL.contains(question.qtype()) || other.containsAll(own);
    }

    private List<String> standing(Reply reply) {
        return reply.additional().stream()
                .filter(line -> owners.contains(line.substring(0, line.indexOf(' '))))
                .toList();
    }
}
