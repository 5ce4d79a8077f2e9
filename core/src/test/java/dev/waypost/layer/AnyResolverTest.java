package dev.waypost.layer;

import static dev.waypost.testing.DnsAssertions.assertFallsThrough;
import static dev.waypost.testing.DnsAssertions.assertThat;

import dev.waypost.Query;
import dev.waypost.Resolver;
import dev.waypost.testing.ResolverContract;
import dev.waypost.testing.Zones;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Type;

class AnyResolverTest implements ResolverContract {
    @Override
    public Resolver resolver() {
        return new AnyResolver();
    }

    @Override
    public Query answerable() {
        return Query.of(Zones.name("www.example.org"), Type.ANY);
    }

    @Test
    @DisplayName("RFC 8482 section 4.2: one HINFO record")
    void anyIsAnsweredWithHinfo() {
        assertThat(resolver().resolve(answerable()))
                .answers("www.example.org. 8482 HINFO \"ANY obsoleted\" \"See RFC 8482\"")
                .isAuthoritative()
                .holds();
    }

    @Test
    void otherTypesAndClassesFallThrough() {
        assertFallsThrough(resolver().resolve(answerable().withQtype(Type.A)));
        assertFallsThrough(resolver().resolve(answerable().withQclass(DClass.CH)));
    }
}
