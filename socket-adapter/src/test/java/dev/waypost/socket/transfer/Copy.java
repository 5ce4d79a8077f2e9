package dev.waypost.socket.transfer;

import static org.awaitility.Awaitility.await;

import dev.waypost.Client;
import dev.waypost.Query;
import dev.waypost.Response;
import dev.waypost.Serial;
import dev.waypost.Transport;
import dev.waypost.engine.DnsEngine;
import dev.waypost.testing.DnsAssertions;
import dev.waypost.testing.Patience;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** An engine that is secondary for {@code example.org}, asked in this JVM. */
final class Copy implements AutoCloseable {
    static final Name WWW = Name.fromConstantString("www.example.org.");
    static final Duration PATIENCE = Patience.LIMIT;

    private final SecondaryZones zones;
    private final DnsEngine engine;

    Copy(SecondaryZones zones) {
        this.zones = zones;
        this.engine = DnsEngine.builder().backend(zones).build().start();
    }

    static Copy of(InetSocketAddress... primaries) {
        return of(builder -> builder, primaries);
    }

    static Copy of(UnaryOperator<SecondaryZones.Builder> more, InetSocketAddress... primaries) {
        SecondaryZones.Builder builder =
                SecondaryZones.builder().zone(ScriptedPrimary.ZONE).least(Duration.ofMillis(20));
        for (InetSocketAddress primary : primaries) {
            builder.primary(primary);
        }
        return new Copy(more.apply(builder).build());
    }

    SecondaryZones zones() {
        return zones;
    }

    Response ask() {
        return DnsAssertions.response(engine.resolve(Query.of(WWW, Type.A)));
    }

    /** The address of www, or the RCODE. */
    String said() {
        Response response = ask();
        return response.answer().isEmpty()
                ? Rcode.string(response.rcode())
                : response.answer().get(0).records().get(0).rdataToString();
    }

    void awaitSaying(String wanted) {
        await().until(this::said, wanted::equals);
    }

    long failures() {
        return zones.copy(ScriptedPrimary.ZONE).orElseThrow().failures();
    }

    void awaitFailures(long atLeast) {
        await().until(() -> failures() >= atLeast);
    }

    /** What is answered to the word that a zone has changed. */
    Response hear(String from, Name zone, Consumer<Builder> more) {
        Builder builder = new Builder();
        more.accept(builder);
        Client client = new Client(
                address(from), 40_000, Transport.UDP, new InetSocketAddress(0), Optional.ofNullable(builder.key));
        Query plain = Query.of(zone, Type.SOA);
        Query query = new Query(zone, Type.SOA, DClass.IN, false, false, plain.edns(), client, 0, List.of());
        return DnsAssertions.response(zones.listener()
                .over(any -> Response.failure(Rcode.NOTIMP))
                .resolve(builder.serial == null ? query : query.withSerial(builder.serial)));
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (java.net.UnknownHostException impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }

    /** What comes along with a word of change. */
    static final class Builder {
        private @org.jspecify.annotations.Nullable Name key;
        private @org.jspecify.annotations.Nullable Serial serial;

        Builder key(Name name) {
            key = name;
            return this;
        }

        Builder serial(int value) {
            serial = new Serial(value);
            return this;
        }
    }

    @Override
    public void close() {
        engine.close();
    }
}
