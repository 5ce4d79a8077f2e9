package dev.waypost.zone;

import static dev.waypost.testing.DnsAssertions.assertFallsThrough;
import static dev.waypost.testing.DnsAssertions.assertThat;
import static dev.waypost.testing.DnsAssertions.response;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Fallthrough;
import dev.waypost.Query;
import dev.waypost.Resolution;
import dev.waypost.Resolver;
import dev.waypost.Response;
import dev.waypost.testing.ResolverContract;
import dev.waypost.testing.Zones;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class HostsResolverTest implements ResolverContract {
    private final HostsResolver hosts = HostsResolver.builder()
            .line("192.0.2.1 web.example.org web # a comment")
            .line("192.0.2.2\tweb.example.org")
            .line("2001:db8::1 web.example.org")
            .line("::ffff:192.0.2.3 mapped.example.org")
            .line("fe80::1%lo0 local.example.org")
            .line("192.0.2.9 *.wild.example.org")
            .line("not-an-address nobody.example.org")
            .line("")
            .line("# 192.0.2.4 comment.example.org")
            .build();

    @TempDir
    private Path folder;

    @Override
    public Resolver resolver() {
        return hosts;
    }

    @Override
    public Query answerable() {
        return query("web.example.org", Type.A);
    }

    private static Query query(String qname, int qtype) {
        return Query.of(Zones.name(qname), qtype);
    }

    private Resolution ask(String qname, int qtype) {
        return hosts.resolve(query(qname, qtype));
    }

    @Test
    void addressesOfAHostAreAnsweredInTheLinesOrder() {
        assertThat(ask("Web.Example.org", Type.A))
                .isAuthoritative()
                .answers("Web.Example.org. 3600 A 192.0.2.1", "Web.Example.org. 3600 A 192.0.2.2")
                .holds();
        assertThat(ask("web.example.org", Type.AAAA)).answers("web.example.org. 3600 AAAA 2001:db8::1");
        assertThat(ask("web", Type.A)).answers("web. 3600 A 192.0.2.1");
    }

    @Test
    void mappedAndScopedAddressesAreThePlainOnes() {
        assertThat(ask("mapped.example.org", Type.A)).answers("mapped.example.org. 3600 A 192.0.2.3");
        assertThat(ask("local.example.org", Type.AAAA)).answers("local.example.org. 3600 AAAA fe80::1");
    }

    @Test
    void addressesLeadBackToTheirNames() {
        assertThat(ask("1.2.0.192.in-addr.arpa", Type.PTR))
                .answers("1.2.0.192.in-addr.arpa. 3600 PTR web.example.org.", "1.2.0.192.in-addr.arpa. 3600 PTR web.");
        assertFallsThrough(ask("9.2.0.192.in-addr.arpa", Type.PTR)); // a wildcard has no PTR
        assertFallsThrough(ask("99.2.0.192.in-addr.arpa", Type.PTR));
    }

    @Test
    void noReverseMeansNoPtr() {
        HostsResolver oneWay =
                HostsResolver.builder().line("192.0.2.1 web").reverse(false).build();
        assertFallsThrough(oneWay.resolve(query("1.2.0.192.in-addr.arpa", Type.PTR)));
        assertThat(oneWay.entries()).isEqualTo(1);
    }

    @Test
    void otherTypeOfAListedNameIsNoErrorWithoutRecords() {
        for (int qtype : new int[] {Type.TXT, Type.MX, Type.PTR}) {
            assertThat(ask("web.example.org", qtype))
                    .isAuthoritative()
                    .answers()
                    .hasAuthority()
                    .holds();
        }
        assertThat(ask("mapped.example.org", Type.AAAA)).answers();
    }

    @Test
    void wildcardIsOneLabelAndNoMore() {
        assertThat(ask("a.wild.example.org", Type.A)).answers("a.wild.example.org. 3600 A 192.0.2.9");
        assertThat(ask("wild.example.org", Type.A)).hasRcode(Rcode.SERVFAIL);
        assertThat(ask("b.a.wild.example.org", Type.A)).hasRcode(Rcode.SERVFAIL);
    }

    @Test
    void unlistedNameIsServfailOrFallsThrough() {
        assertThat(ask("comment.example.org", Type.A)).hasRcode(Rcode.SERVFAIL).holdsNoMore();
        HostsResolver open = HostsResolver.builder()
                .fallthrough(new FallthroughZones(List.of(Zones.name("example.org"))))
                .build();
        assertFallsThrough(open.resolve(query("comment.example.org", Type.A)));
        assertThat(open.resolve(query("example.net", Type.A))).hasRcode(Rcode.SERVFAIL);
    }

    @Test
    void namesOutsideTheZonesAreNotAnswered() {
        HostsResolver zoned = HostsResolver.builder()
                .zones(List.of(Zones.name("example.org")))
                .line("192.0.2.1 in.example.org out.example.net")
                .build();
        assertFallsThrough(zoned.resolve(query("out.example.net", Type.A)));
        assertThat(zoned.resolve(query("1.2.0.192.in-addr.arpa", Type.PTR)))
                .answers("1.2.0.192.in-addr.arpa. 3600 PTR in.example.org.");
    }

    @Test
    void fileIsReadWhenToldAndInlineLinesStay() throws IOException {
        Path file = folder.resolve("hosts");
        HostsResolver fromFile = HostsResolver.builder()
                .file(file)
                .line("192.0.2.7 both")
                .ttlSeconds(5)
                .build();
        assertThat(fromFile.reload()).isFalse();
        Files.writeString(file, "192.0.2.6 both only\n");
        assertThat(fromFile.reload()).isTrue();
        assertThat(fromFile.reload()).isFalse();
        Response both = response(fromFile.resolve(query("both", Type.A)));
        assertThat(both).answers("both. 5 A 192.0.2.6", "both. 5 A 192.0.2.7");
        assertThat(fromFile.fileTime()).isPresent();

        Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L));
        assertThat(fromFile.reload()).as("another time, the same lines").isFalse();
        assertThat(both).holds();

        Files.delete(file);
        assertThat(fromFile.reload()).isTrue();
        assertThat(both).holdsNoMore();
        assertThat(fromFile.resolve(query("both", Type.A))).answers("both. 5 A 192.0.2.7");
        assertThat(fromFile.fileTime()).isEmpty();
    }

    @Test
    void unsupportedTypesFallThroughWhereTold() {
        HostsResolver told = HostsResolver.builder()
                .line("192.0.2.1 www")
                .unsupportedFallThrough(true)
                .build();
        assertFallsThrough(told.resolve(query("www", Type.MX)));
        assertThat(told.resolve(query("www", Type.AAAA))).isAuthoritative().answers();
        assertThat(told.resolve(query("www", Type.A))).answers("www. 3600 A 192.0.2.1");
    }

    @Test
    void nameThatAppearsEndsItsFallthrough() throws IOException {
        Path file = folder.resolve("hosts");
        HostsResolver fromFile = HostsResolver.builder()
                .file(file)
                .fallthrough(FallthroughZones.ALL)
                .build();
        Fallthrough before = (Fallthrough) fromFile.resolve(query("new", Type.A));
        Files.writeString(file, "192.0.2.6 new\n");
        fromFile.reload();
        assertThat(before.freshness().holdsAt(0)).isFalse();
    }
}
