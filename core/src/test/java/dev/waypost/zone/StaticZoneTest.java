package dev.waypost.zone;

import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.ConfigurationException;
import dev.waypost.RecordSet;
import dev.waypost.testing.TransferableSourceContract;
import dev.waypost.testing.Zones;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

class StaticZoneTest implements TransferableSourceContract {
    private final StaticZone zone =
            Zones.zone("example.org", "www.deep A 192.0.2.1", "www.deep MX 10 mail", "alias CNAME www.deep");

    @Override
    public TransferableSource source() {
        return zone;
    }

    @Override
    public Name presentName() {
        return Zones.name("www.deep.example.org");
    }

    @Override
    public int presentType() {
        return Type.A;
    }

    @Override
    public Name absentName() {
        return Zones.name("absent.deep.example.org");
    }

    @Test
    void ownersAreSpelledAsAskedAndAllElseAsLoaded() {
        StaticZone spelled = Zones.zone("example.org", "WwW A 192.0.2.1", "Alias CNAME WwW", "Sub NS Ns.Sub");
        assertThat(spelled.find(Zones.name("wWw.example.org"), Type.A)).found("wWw.example.org. 300 A 192.0.2.1");
        assertThat(spelled.recordSets())
                .extracting(set -> set.owner().toString())
                .contains("WwW.example.org.");
        assertThat(((Finding.Referral) spelled.find(Zones.name("x.sub.example.org"), Type.A)).ns())
                .hasToString("Sub.example.org. 300 IN NS Ns.Sub.example.org.");
        assertThat(spelled.find(Zones.name("alias.example.org"), Type.A)).isAliasTo("WwW.example.org.");
    }

    @Test
    void sameRecordTwiceCountsOnceAndTheLeastTtlWins() {
        StaticZone repeated =
                Zones.zone("example.org", "www 60 A 192.0.2.1", "www 30 A 192.0.2.2", "WWW 90 A 192.0.2.1");
        assertThat(repeated.find(Zones.name("www.example.org"), Type.A))
                .found("www.example.org. 30 A 192.0.2.1", "www.example.org. 30 A 192.0.2.2");
    }

    @Test
    void recordsOfANameMayStandApart() {
        String[] apart = {
            "WwW 60 A 192.0.2.1",
            "other A 192.0.2.9",
            "www 30 A 192.0.2.2",
            "other A 192.0.2.8",
            "www 90 A 192.0.2.1",
            "other TXT here",
            "www TXT there"
        };
        StaticZone mixed = Zones.zone("example.org", apart);
        assertThat(mixed.find(Zones.name("www.example.org"), Type.A))
                .found("www.example.org. 30 A 192.0.2.1", "www.example.org. 30 A 192.0.2.2");
        assertThat(mixed.find(Zones.name("www.example.org"), Type.TXT)).found("www.example.org. 300 TXT there");
        assertThat(mixed.recordSets())
                .anySatisfy(set -> assertThat(Zones.lines(set)).containsExactly("WwW.example.org. 300 TXT there"));
        assertThatThrownBy(() -> Zones.zone("example.org", "www A 192.0.2.1", "other A 192.0.2.9", "www CNAME other"))
                .hasMessageContaining("a CNAME wants no other data at its name");
    }

    @Test
    void unknownTypesAreServedAsLoaded() {
        StaticZone unknown = Zones.zone("example.org", "odd TYPE65280 \\# 3 ABCDEF", "odd A \\# 4 C0000201");
        Finding.Found found = (Finding.Found) unknown.find(Zones.name("odd.example.org"), 65280);
        assertThat(found.set().rdata(0)).containsExactly(0xAB, 0xCD, 0xEF);
        assertThat(unknown.find(Zones.name("odd.example.org"), Type.A)).found("odd.example.org. 300 A 192.0.2.1");
    }

    @Test
    void rootZoneAnswers() {
        StaticZone root = Zones.zone(".", "org NS ns.org", "ns.org A 192.0.2.53", "com TXT here");
        assertThat(root.find(Zones.name("www.example.org"), Type.A)).isReferralTo("org.");
        assertThat(root.find(Zones.name("com"), Type.TXT)).found("com. 300 TXT here");
        assertThat(root.find(Zones.name("a.b.c.net"), Type.A)).isNxDomain();
    }

    @Test
    void builderMakesTheSameZoneAsAFile() throws Exception {
        StaticZone.Builder builder = StaticZone.builder(zone.origin());
        zone.recordSets().forEach(builder::add);
        StaticZone built = builder.build();
        assertThat(built.recordSets()).containsExactlyInAnyOrderElementsOf(zone.recordSets());
        assertThat(built.find(Zones.name("alias.example.org"), Type.A)).isAliasTo("www.deep.example.org.");
    }

    @Test
    void builderNamesTheZoneInItsFaults() throws Exception {
        ARecord outside = new ARecord(
                Zones.name("example.net"), DClass.IN, 60, InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1}));
        assertThatThrownBy(() -> StaticZone.builder(Zones.name("example.org")).add(outside))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("zone example.org.: a record wants an owner at or below example.org., found example.net.");
        assertThatThrownBy(() -> StaticZone.builder(Zones.name("example.org")).build())
                .hasMessage("zone example.org.: a zone wants a SOA record at example.org., found none");
    }

    @Test
    void largeRrsetIsServedWhole() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            lines.add("many A 198.51." + i / 256 + "." + i % 256);
        }
        Finding.Found found = (Finding.Found)
                Zones.zone("example.org", lines.toArray(String[]::new)).find(Zones.name("many.example.org"), Type.A);
        assertThat(found.set().size()).isEqualTo(2_000);
    }

    @Test
    void rrsetThatFitsNoMessageIsRefused() {
        String[] lines = new String[300];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = "many TXT " + "x".repeat(240) + i;
        }
        assertThatThrownBy(() -> Zones.zone("example.org", lines))
                .hasMessageContaining("fit into one message of 65535 octets, found more at many.example.org. TXT");
    }

    @Test
    void transferTellsWhatLiesBelowCutsAndWildcardsToo() {
        StaticZone cut =
                Zones.zone("example.org", "ns A 192.0.2.53", "sub NS ns.sub", "ns.sub A 192.0.2.54", "*.wild TXT any");
        assertThat(cut.transfer().orElseThrow().sets())
                .flatExtracting(Zones::lines)
                .containsExactlyInAnyOrder(
                        "example.org. 300 NS ns.example.org.",
                        "ns.example.org. 300 A 192.0.2.53",
                        "sub.example.org. 300 NS ns.sub.example.org.",
                        "ns.sub.example.org. 300 A 192.0.2.54",
                        "*.wild.example.org. 300 TXT any");
    }

    @Test
    void nameOutsideIsAProgrammersError() {
        assertThatThrownBy(() -> zone.find(Zones.name("example.net"), Type.A))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void soaOfManyQuestionsIsOneObject() {
        RecordSet first = zone.soa();
        zone.find(Zones.name("x.example.org"), Type.A);
        assertThat(zone.soa()).isSameAs(first);
    }
}
