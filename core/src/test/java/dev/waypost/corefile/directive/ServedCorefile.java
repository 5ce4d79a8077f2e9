package dev.waypost.corefile.directive;

import dev.waypost.ListenPoint;
import dev.waypost.Metric;
import dev.waypost.Resolver;
import dev.waypost.corefile.CorefilePlanner;
import dev.waypost.corefile.DirectiveFactory;
import dev.waypost.engine.DnsEngine;
import dev.waypost.testing.WireMessages;
import dev.waypost.testing.WireProbe;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A Corefile served at the door of port 53, images and all: datagrams of any client in, messages out. */
final class ServedCorefile implements AutoCloseable {
    private final DnsEngine engine;
    private final WireProbe probe;

    private ServedCorefile(DnsEngine engine) {
        this.engine = engine;
        this.probe = WireProbe.at(engine.wire(ListenPoint.dns(53)));
    }

    /** With core's own directives. */
    static ServedCorefile of(String corefile) {
        return of(corefile, Path.of("/nonexistent"), List.of());
    }

    /** With core's own directives, and {@code forward} for one that answers as told. */
    static ServedCorefile of(String corefile, Resolver forward) {
        return of(corefile, Path.of("/nonexistent"), List.of(new Answering(forward)));
    }

    static ServedCorefile of(String corefile, Path folder, List<DirectiveFactory> more) {
        List<DirectiveFactory> directives = Stream.concat(
                        ServiceLoader.load(DirectiveFactory.class).stream().map(ServiceLoader.Provider::get),
                        more.stream())
                .toList();
        return new ServedCorefile(DnsEngine.of(CorefilePlanner.of(directives).plan(corefile, "Corefile", folder)));
    }

    DnsEngine engine() {
        return engine;
    }

    WireProbe probe() {
        return probe;
    }

    /** What a client hears of a query by datagram. */
    byte[] octets(String client, byte[] query) {
        try {
            return probe.from(InetAddress.getByName(client)).udp(query);
        } catch (UnknownHostException notALiteral) {
            throw new IllegalArgumentException(notALiteral);
        }
    }

    Message message(String client, byte[] query) {
        return WireProbe.parsed(octets(client, query));
    }

    /** The RCODE that a client hears; {@code silence} for no reply. */
    String rcode(String client, String qname, String qtype) {
        byte[] reply = octets(client, WireMessages.query(qname, type(qtype)).bytes());
        return reply.length == 0
                ? "silence"
                : Rcode.string(WireProbe.parsed(reply).getRcode());
    }

    /** The answer that a client hears: {@code RCODE} and one {@code owner ttl TYPE rdata} for each record. */
    String answer(String client, String qname, String qtype) {
        Message reply = message(client, WireMessages.query(qname, type(qtype)).bytes());
        List<String> words = new ArrayList<>();
        words.add(Rcode.string(reply.getRcode()));
        for (Record record : reply.getSection(Section.ANSWER)) {
            words.add(record.getName() + " " + record.getTTL() + " " + Type.string(record.getType()) + " "
                    + record.rdataToString());
        }
        return String.join(" | ", words);
    }

    private static int type(String mnemonic) {
        return Type.value(mnemonic.toUpperCase(Locale.ROOT));
    }

    /** The counters whose names begin so, with their labels, in order. */
    Map<String, Double> counters(String prefix) {
        Map<String, Double> found = new TreeMap<>();
        engine.collect(metric -> {
            if (metric instanceof Metric.Counter counter && counter.name().startsWith(prefix)) {
                found.put(counter.name() + new TreeMap<>(counter.labels()), counter.value());
            }
        });
        return found;
    }

    @Override
    public void close() {
        engine.close();
    }
}
