package dev.waypost.socket.transfer;

import dev.waypost.Layer;
import dev.waypost.Metric;
import dev.waypost.MetricSource;
import dev.waypost.Readiness;
import dev.waypost.socket.transfer.KeptZones.From;
import dev.waypost.tsig.TsigKey;
import dev.waypost.zone.FallthroughZones;
import dev.waypost.zone.RecordSource;
import dev.waypost.zone.ZoneBackend;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * Copies of zones that other servers are primary for: fetched whole (AXFR, RFC 5936), looked after as their SOA says, given
 * up when they expire (RFC 1034 section 4.3.5).
 *
 * <pre>{@code
 * SecondaryZones copies = SecondaryZones.builder().zone(name).primary(new InetSocketAddress("192.0.2.53", 53)).build();
 * DnsEngine.builder().backend(copies).notified(copies.listener())...
 * }</pre>
 *
 * <p>Kept in memory only. Safe for any number of threads.
 */
public final class SecondaryZones implements ZoneBackend, MetricSource {
    private final List<SecondaryZone> zones;
    private final List<InetSocketAddress> primaries;
    private final Optional<TsigKey> key;
    private final FallthroughZones fallthrough;
    private final SecondarySettings settings;
    private volatile List<ZoneRefresh> copies = List.of();
    private @Nullable RefreshThreads threads;

    private SecondaryZones(Builder builder) {
        if (builder.zones.isEmpty() || builder.primaries.isEmpty()) {
            throw new IllegalStateException("copies want at least one zone and one primary");
        }
        this.zones = builder.zones.stream().map(SecondaryZone::new).toList();
        this.primaries = List.copyOf(builder.primaries);
        this.key = Optional.ofNullable(builder.key);
        this.fallthrough = builder.fallthrough;
        this.settings = new SecondarySettings(builder.limits, builder.least, builder.kept);
    }

    /** Collects zones and primaries. */
    public static Builder builder() {
        return new Builder();
    }

    /** Hears from the primaries that something has changed. */
    public Layer listener() {
        return new SecondaryListener(List.of(this));
    }

    Optional<ZoneRefresh> copy(Name origin) {
        return copies.stream().filter(copy -> copy.from().zone().equals(origin)).findFirst();
    }

    @Override
    public String name() {
        return "secondary " + zones.get(0).origin() + (zones.size() == 1 ? "" : " and others");
    }

    @Override
    public List<RecordSource> zones() {
        return List.copyOf(zones);
    }

    @Override
    public FallthroughZones fallthrough() {
        return fallthrough;
    }

    @Override
    public synchronized void start() {
        RefreshThreads started = new RefreshThreads(zones.size());
        threads = started;
        Optional<Name> signer = key.map(TsigKey::name);
        copies = zones.stream()
                .map(zone -> new ZoneRefresh(zone, new From(zone.origin(), primaries, signer), key, settings, started))
                .toList();
        copies.forEach(ZoneRefresh::start);
    }

    /** Ready once every zone was transferred and none has expired. */
    @Override
    public Readiness readiness() {
        return zones.stream()
                .filter(zone -> !zone.isLoaded())
                .findFirst()
                .map(zone -> Readiness.waitingFor("zone " + zone.origin() + " has no copy from " + primaries))
                .orElse(Readiness.READY);
    }

    @Override
    public void collect(Consumer<Metric> sink) {
        for (ZoneRefresh copy : copies) {
            Map<String, String> zone = Map.of("zone", copy.from().zone().toString());
            sink.accept(new Metric.Counter(
                    "waypost_secondary_transfers_total", "Zones that came from a primary.", zone, copy.transfers()));
            sink.accept(new Metric.Counter(
                    "waypost_secondary_failures_total", "Looks at primaries that failed.", zone, copy.failures()));
        }
    }

    @Override
    public synchronized void close() {
        copies.forEach(ZoneRefresh::close);
        if (threads != null) {
            threads.close();
        }
    }

    /** Collects what copies are made of; for one thread. */
    public static final class Builder {
        private final Set<Name> zones = new LinkedHashSet<>();
        private final Set<InetSocketAddress> primaries = new LinkedHashSet<>();
        private @Nullable TsigKey key;
        private FallthroughZones fallthrough = FallthroughZones.NONE;
        private TransferLimits limits = TransferLimits.DEFAULTS;
        private Duration least = RefreshTimes.LEAST;
        private KeptZones kept = new KeptZones();

        private Builder() {}

        /** Adds a zone. */
        public Builder zone(Name origin) {
            zones.add(Objects.requireNonNull(origin));
            return this;
        }

        /** Adds a primary of all the zones; the first one that answers counts. */
        public Builder primary(InetSocketAddress address) {
            if (address.isUnresolved()) {
                throw new IllegalArgumentException("a primary wants an address, found the name " + address);
            }
            primaries.add(address);
            return this;
        }

        /** Signs what the primaries are asked, and believes nothing from them that is not signed (RFC 8945). */
        public Builder key(TsigKey shared) {
            key = shared;
            return this;
        }

        /** Hands names that are missing in these zones on. */
        public Builder fallthrough(FallthroughZones suffixes) {
            fallthrough = suffixes;
            return this;
        }

        /** What a transfer may take. */
        public Builder limits(TransferLimits most) {
            limits = most;
            return this;
        }

        /** The least of REFRESH, RETRY and EXPIRE, whatever a SOA says. */
        Builder least(Duration time) {
            least = time;
            return this;
        }

        /** Where copies are kept from one configuration to the next. */
        Builder kept(KeptZones places) {
            kept = places;
            return this;
        }

        /** The copies; nothing is asked before they are started. */
        public SecondaryZones build() {
            return new SecondaryZones(this);
        }
    }
}
