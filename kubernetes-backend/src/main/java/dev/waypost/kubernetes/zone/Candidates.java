package dev.waypost.kubernetes.zone;

import dev.waypost.RecordSet;
import dev.waypost.kubernetes.model.IpAddress;
import dev.waypost.kubernetes.model.Port;
import dev.waypost.kubernetes.snapshot.NamedEndpoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * What may answer a question about a service: every pair of an address and a port that the name asked for allows. No
 * pair at all means that there is no such name.
 */
public final class Candidates {
    private static final double WHOLE = 100.0;

    private final List<Pair> pairs = new ArrayList<>();
    private final List<Elsewhere> elsewhere = new ArrayList<>();

    /**
     * One address with one port.
     *
     * @param name of the endpoint below the service; empty for the service itself
     */
    private record Pair(String name, IpAddress address, Port port) {}

    private record Row(String name, int port) {}

    /** A host that has its addresses in another zone, with the number of one port. */
    private record Elsewhere(Name target, int port) {}

    private Candidates() {}

    /** Pairs of a service's own addresses and ports. */
    public static Candidates of(List<IpAddress> addresses, List<Port> ports, Predicate<Port> asked) {
        Candidates candidates = new Candidates();
        for (Port port : ports) {
            if (asked.test(port)) {
                addresses.forEach(address -> candidates.pairs.add(new Pair("", address, port)));
            }
        }
        return candidates;
    }

    /** Pairs of endpoints and the ports of their slices. */
    public static Candidates of(List<NamedEndpoint> endpoints, Predicate<Port> asked) {
        Candidates candidates = new Candidates();
        for (NamedEndpoint endpoint : endpoints) {
            for (Port port : endpoint.ports()) {
                if (asked.test(port)) {
                    candidates.pairs.add(new Pair(endpoint.name(), endpoint.address(), port));
                }
            }
        }
        return candidates;
    }

    /** The same with hosts elsewhere, each with every port: their names are the targets of SRV rows. */
    public Candidates with(List<Name> hosts, List<Port> ports, Predicate<Port> asked) {
        ports.stream()
                .filter(asked)
                .forEach(port -> hosts.forEach(host -> elsewhere.add(new Elsewhere(host, port.number()))));
        return this;
    }

    /** Whether there is no such name. */
    public boolean isEmpty() {
        return pairs.isEmpty() && elsewhere.isEmpty();
    }

    /** The addresses, each once. */
    public Set<IpAddress> addresses() {
        Set<IpAddress> addresses = new LinkedHashSet<>();
        pairs.forEach(pair -> addresses.add(pair.address()));
        return addresses;
    }

    /**
     * The SRV set: a row for each target and port number; empty where no port has a number.
     *
     * @param service owner of the service's own addresses
     */
    public Optional<RecordSet> srv(Name owner, Name service, Records records) {
        int weight = weight();
        Set<Row> rows = new LinkedHashSet<>();
        numbered().forEach(pair -> rows.add(new Row(pair.name(), pair.port().number())));
        List<byte[]> rdata = new ArrayList<>(rows.size());
        for (Row row : rows) {
            target(row.name(), service).ifPresent(target -> rdata.add(Records.srv(weight, row.port(), target)));
        }
        elsewhere.stream()
                .filter(host -> host.port() != Port.NONE)
                .distinct()
                .map(host -> Records.srv(weight, host.port(), host.target()))
                .forEach(rdata::add);
        return rdata.isEmpty()
                ? Optional.empty()
                : Optional.of(RecordSet.ofRdata(owner, Type.SRV, records.ttlSeconds(), rdata));
    }

    /** The addresses of the SRV set's targets: they save the client a question (RFC 2782). */
    public List<RecordSet> targetAddresses(Name service, Records records) {
        Map<String, Set<IpAddress>> byName = new LinkedHashMap<>();
        numbered()
                .forEach(pair -> byName.computeIfAbsent(pair.name(), any -> new LinkedHashSet<>())
                        .add(pair.address()));
        List<RecordSet> sets = new ArrayList<>();
        byName.forEach((name, addresses) ->
                target(name, service).ifPresent(target -> sets.addAll(records.bothFamilies(target, addresses))));
        return sets;
    }

    private static Optional<Name> target(String name, Name service) {
        return name.isEmpty() ? Optional.of(service) : Records.below(name, service);
    }

    private List<Pair> numbered() {
        return pairs.stream().filter(pair -> pair.port().number() != Port.NONE).toList();
    }

    /** As CoreDNS works it out, rounding included: from all pairs, also from those that make no row of their own. */
    private int weight() {
        return Math.max(1, (int) Math.floor(WHOLE / ((pairs.size() + elsewhere.size()) * WHOLE) * WHOLE));
    }
}
