package dev.waypost.kubernetes.external;

import dev.waypost.Freshness;
import dev.waypost.RecordSet;
import dev.waypost.kubernetes.model.ExternalAddresses;
import dev.waypost.kubernetes.model.IpAddress;
import dev.waypost.kubernetes.model.Service;
import dev.waypost.kubernetes.snapshot.ClusterSnapshot;
import dev.waypost.kubernetes.snapshot.NamedEndpoint;
import dev.waypost.kubernetes.zone.OwnerSets;
import dev.waypost.kubernetes.zone.Records;
import dev.waypost.zone.Finding;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/** The names an external zone has for itself: its apex with SOA and NS, and {@code ns1.dns}. */
final class ExternalApex {
    private static final long REFRESH_SECONDS = 7200;
    private static final long RETRY_SECONDS = 1800;
    private static final long EXPIRE_SECONDS = 86400;

    private final Name origin;
    private final Name label;
    private final Name nameServer;
    private final Name mailbox;
    private final ExternalSettings settings;
    private final Records records;
    private volatile @Nullable Soa last;

    private record Soa(long serial, RecordSet set) {}

    ExternalApex(Name origin, ExternalSettings settings) {
        this.origin = origin;
        this.settings = settings;
        this.records = new Records(settings.ttlSeconds());
        this.label = Records.below(settings.apexLabel(), origin).orElseThrow();
        this.nameServer = Records.below(OutsideName.SERVER_HOST, label).orElseThrow();
        this.mailbox = Records.below("hostmaster", label).orElseThrow();
    }

    /** The SOA set; the same object until the serial moves. */
    RecordSet soa(ClusterSnapshot snapshot) {
        long serial = serial(snapshot);
        Soa made = last;
        if (made == null || made.serial != serial) {
            made = new Soa(serial, RecordSet.of(soaRecord(serial)));
            last = made;
        }
        return made.set;
    }

    /** Where endpoints are seen from outside, every change of the cluster can be. */
    private long serial(ClusterSnapshot snapshot) {
        return settings.headless() ? snapshot.serial() : snapshot.external().serial();
    }

    private Freshness changes(ClusterSnapshot snapshot) {
        return settings.headless() ? snapshot.changes() : snapshot.external().changes();
    }

    private SOARecord soaRecord(long serial) {
        int ttl = settings.ttlSeconds();
        return new SOARecord(
                origin,
                DClass.IN,
                ttl,
                nameServer,
                mailbox,
                serial & 0xFFFF_FFFFL, // serials are a circle of 32 bits: RFC 1982
                REFRESH_SECONDS,
                RETRY_SECONDS,
                EXPIRE_SECONDS,
                ttl);
    }

    Finding atApex(int qtype, ExternalZone.Moment moment) {
        ClusterSnapshot snapshot = moment.snapshot();
        return switch (qtype) {
            case Type.SOA, Type.ANY -> new Finding.Found(soa(snapshot), changes(snapshot));
            case Type.NS -> nameServers(moment);
            default -> new Finding.NoData(Freshness.always());
        };
    }

    /** A server that has no address of its own, because it answers this JVM only, names no name server. */
    private Finding nameServers(ExternalZone.Moment moment) {
        if (moment.view().settings().serverAddresses().isEmpty()) {
            return new Finding.NoData(Freshness.always());
        }
        return new Finding.Found(
                records.names(origin, Type.NS, List.of(nameServer)),
                records.bothFamilies(nameServer, serverAddresses(moment)),
                changes(moment.snapshot()));
    }

    /** The names that a zone has for its server: {@code ns1.dns} and the name above it; empty for every other name. */
    Optional<Finding> ownName(Name qname, int qtype, ExternalZone.Moment moment) {
        if (qname.equals(nameServer)) {
            return Optional.of(atNameServer(qtype, moment));
        }
        return qname.equals(label) ? Optional.of(new Finding.NoData(Freshness.always())) : Optional.empty();
    }

    /** Everything that stands at these names, but for the SOA. */
    Stream<RecordSet> sets(ExternalZone.Moment moment) {
        return Stream.concat(
                OwnerSets.of(Optional.of(origin), (owner, type) -> atApex(type, moment), Type.NS),
                OwnerSets.of(Optional.of(nameServer), (owner, type) -> atNameServer(type, moment), Type.A, Type.AAAA));
    }

    /** The addresses of {@code ns1.dns}. */
    Finding atNameServer(int qtype, ExternalZone.Moment moment) {
        if (qtype != Type.A && qtype != Type.AAAA) {
            return new Finding.NoData(Freshness.always());
        }
        Freshness freshness = changes(moment.snapshot());
        return records.addresses(nameServer, qtype, serverAddresses(moment))
                .<Finding>map(found -> new Finding.Found(found, freshness))
                .orElseGet(() -> new Finding.NoData(freshness));
    }

    /** Where the services that select this server are reached from outside; else where the server itself is asked. */
    private Set<IpAddress> serverAddresses(ExternalZone.Moment moment) {
        List<IpAddress> own = moment.view().settings().serverAddresses();
        Set<IpAddress> reached = new LinkedHashSet<>();
        for (IpAddress address : own) {
            moment.snapshot().fronts(address, moment::exposes).forEach(front -> reached.addAll(addresses(front)));
        }
        return reached.isEmpty() ? new LinkedHashSet<>(own) : reached;
    }

    private List<IpAddress> addresses(ClusterSnapshot.Front front) {
        ExternalAddresses external = front.service().external();
        boolean endpoints =
                settings.headless() && external.isEmpty() && front.service().form() == Service.Form.HEADLESS;
        return endpoints
                ? front.endpoints().stream().map(NamedEndpoint::address).toList()
                : external.ips();
    }
}
