package dev.waypost.kubernetes;

import dev.waypost.ConfigurationException;
import dev.waypost.kubernetes.external.ClusterView;
import dev.waypost.kubernetes.external.ExternalSettings;
import dev.waypost.kubernetes.model.DnsLabel;
import dev.waypost.kubernetes.zone.KubernetesZone;
import dev.waypost.kubernetes.zone.Records;
import dev.waypost.zone.FallthroughZones;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Supplier;
import org.xbill.DNS.Name;

/** Options of {@link ExternalZones}; for one thread. */
public final class ExternalZonesBuilder {
    private static final String PLACE = "external zones";
    private static final int MOST_TTL_SECONDS = 3600;

    private final List<Name> zones;
    private final Supplier<ClusterView> cluster;
    private Duration ttl = Duration.ofSeconds(5);
    private String apexLabel = "dns";
    private boolean headless;
    private FallthroughZones fallthrough = FallthroughZones.NONE;

    ExternalZonesBuilder(List<Name> zones, Supplier<ClusterView> cluster) {
        this.zones = List.copyOf(new LinkedHashSet<>(zones));
        this.cluster = cluster;
    }

    /** TTL of all records, 0 to 3600 s, 5 s unless told; the cluster's own TTL counts for nothing here. */
    public ExternalZonesBuilder ttl(Duration time) {
        if (time.isNegative() || time.toSeconds() > MOST_TTL_SECONDS) {
            throw ConfigurationException.of(PLACE, "'ttl' wants 0..3600 s, found " + time);
        }
        ttl = time;
        return this;
    }

    /** The label under which each zone has the names of its server, {@code dns} unless told: {@code ns1.dns.<zone>}. */
    public ExternalZonesBuilder apexLabel(String label) {
        if (!DnsLabel.isValid(label)) {
            throw ConfigurationException.of(PLACE, "'apex' wants one DNS label, found \"" + label + "\"");
        }
        apexLabel = DnsLabel.folded(label);
        return this;
    }

    /** Services without an external address are reached at their endpoints. */
    public ExternalZonesBuilder headless() {
        headless = true;
        return this;
    }

    /** Where names that are missing here go to the next resolver; nowhere unless told. */
    public ExternalZonesBuilder fallthrough(FallthroughZones suffixes) {
        fallthrough = suffixes;
        return this;
    }

    /**
     * The zones.
     *
     * @throws ConfigurationException where none of them is for services, or one is too long to name its server
     */
    public ExternalZones build() {
        zones.forEach(this::wantRoomForTheServer);
        Name domain = zones.stream()
                .filter(zone -> !KubernetesZone.isReverse(zone))
                .findFirst()
                .orElseThrow(() -> ConfigurationException.of(
                        PLACE, "wants a zone for services beside the reverse zones, found " + zones));
        ExternalSettings settings = new ExternalSettings(Math.toIntExact(ttl.toSeconds()), apexLabel, headless, domain);
        return new ExternalZones(zones, cluster, settings, fallthrough);
    }

    private void wantRoomForTheServer(Name zone) {
        if (Records.below("hostmaster." + apexLabel, zone).isEmpty()) {
            throw ConfigurationException.of(
                    PLACE, "a zone wants room for 'hostmaster." + apexLabel + "' in 255 octets, found " + zone);
        }
    }
}
