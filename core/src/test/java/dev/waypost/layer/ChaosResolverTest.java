package dev.waypost.layer;

import static dev.waypost.testing.DnsAssertions.assertFallsThrough;
import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.Query;
import dev.waypost.Resolver;
import dev.waypost.testing.DnsAssertions;
import dev.waypost.testing.ResolverContract;
import dev.waypost.testing.Zones;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Type;

class ChaosResolverTest implements ResolverContract {
    @Override
    public Resolver resolver() {
        return new ChaosResolver("test 1.0", List.of("Ada", "Grace"), "ns1.example");
    }

    @Override
    public Query answerable() {
        return asking("version.bind");
    }

    private static Query asking(String qname) {
        return Query.of(Zones.name(qname), Type.TXT).withQclass(DClass.CH);
    }

    @ParameterizedTest
    @CsvSource({
        "version.bind,   version.bind. 0 TXT \"test 1.0\"",
        "VERSION.server, VERSION.server. 0 TXT \"test 1.0\"",
        "hostname.bind,  hostname.bind. 0 TXT ns1.example",
        "id.server,      id.server. 0 TXT ns1.example"
    })
    void whatTheServerIsIsTold(String qname, String record) {
        assertThat(resolver().resolve(asking(qname))).answers(record).isAuthoritative();
    }

    @Test
    void authorsAreARecordEach() {
        assertThat(resolver().resolve(asking("authors.bind")))
                .answersInAnyOrder("authors.bind. 0 TXT Ada", "authors.bind. 0 TXT Grace");
        assertFallsThrough(new ChaosResolver("v", List.of(), "h").resolve(asking("authors.bind")));
    }

    @Test
    void theAnswerIsOfTheClassAsked() {
        assertThat(DnsAssertions.response(resolver().resolve(answerable())).answer())
                .allMatch(set -> set.rrclass() == DClass.CH);
    }

    @Test
    void everythingElseFallsThrough() {
        assertFallsThrough(resolver().resolve(asking("www.bind")));
        assertFallsThrough(resolver().resolve(answerable().withQtype(Type.A)));
        assertFallsThrough(resolver().resolve(answerable().withQclass(DClass.IN)));
    }

    @Test
    void aTextThatNoRecordHoldsIsRefused() {
        assertThatThrownBy(() -> new ChaosResolver("x".repeat(256), List.of(), "h"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ChaosResolver("v", List.of("\\999"), "h"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
