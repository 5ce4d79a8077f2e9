package dev.waypost.kubernetes;

import dev.waypost.ConfigurationException;
import dev.waypost.kubernetes.zone.KubernetesZone;
import dev.waypost.kubernetes.zone.ZoneSettings;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/**
 * The zones of a backend, and whose services they hold.
 *
 * @param zones all of them, each once
 * @param imports those of services that the cluster imports from its set
 */
record ZoneChoice(List<Name> zones, Set<Name> imports) {
    ZoneChoice {
        zones = List.copyOf(new LinkedHashSet<>(zones));
        imports = Set.copyOf(imports);
    }

    ZoneChoice withImports(List<Name> names) {
        return new ZoneChoice(zones, Set.copyOf(names));
    }

    ZoneChoice withZones(List<Name> names) {
        return new ZoneChoice(names, imports);
    }

    /** The name of a zone. */
    static Name named(String text) {
        try {
            return Name.fromString(text, Name.root);
        } catch (TextParseException unusable) {
            throw ConfigurationException.of(
                    KubernetesBackendBuilder.PLACE,
                    "a zone wants a domain name, found \"" + text + "\": " + unusable.getMessage(),
                    unusable);
        }
    }

    static List<Name> named(String... texts) {
        return Arrays.stream(texts).map(ZoneChoice::named).toList();
    }

    private List<Name> forServices() {
        return zones.stream().filter(zone -> !KubernetesZone.isReverse(zone)).toList();
    }

    /** The first zone of the cluster's own services; where all are imported, no name is made with it. */
    Name clusterDomain() {
        List<Name> forServices = forServices();
        return forServices.stream()
                .filter(zone -> !imports.contains(zone))
                .findFirst()
                .orElseGet(() -> forServices.get(0));
    }

    /** What cannot be answered is refused. */
    void check() {
        List<Name> forServices = forServices();
        if (forServices.isEmpty()) {
            throw ConfigurationException.of(
                    KubernetesBackendBuilder.PLACE,
                    "wants a zone for services beside the reverse zones, found " + zones);
        }
        imports.stream().filter(zone -> !forServices.contains(zone)).findFirst().ifPresent(zone -> {
            throw ConfigurationException.of(
                    KubernetesBackendBuilder.PLACE,
                    "'multicluster' wants some of the zones " + forServices + ", found " + zone);
        });
        if (imports.containsAll(forServices) && forServices.size() < zones.size()) {
            throw ConfigurationException.of(
                    KubernetesBackendBuilder.PLACE,
                    "a reverse zone wants a zone beside it whose services are not imported, found " + zones);
        }
    }

    /** The settings of each zone, in their order. */
    Map<Name, ZoneSettings> settings(ZoneSettings own) {
        Map<Name, ZoneSettings> all = new LinkedHashMap<>();
        zones.forEach(zone -> all.put(zone, imports.contains(zone) ? own.ofImports(zone) : own));
        return all;
    }
}
