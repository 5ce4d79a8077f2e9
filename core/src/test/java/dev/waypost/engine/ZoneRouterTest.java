package dev.waypost.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Fallthrough;
import dev.waypost.Freshness;
import dev.waypost.Query;
import dev.waypost.Resolution;
import dev.waypost.Resolver;
import dev.waypost.Response;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class ZoneRouterTest {
    private static final Resolver NOT_MINE = query -> Fallthrough.FALLTHROUGH;

    @Test
    void theLongestOriginByLabelsAnswers() {
        ZoneRouter router = ZoneRouter.over(
                Map.of(name("."), says("root"), name("example."), says("example"), name("a.example."), says("a")));
        assertThat(answeredBy(router, "x.A.Example.", Type.A)).isEqualTo("a");
        assertThat(answeredBy(router, "a.example.", Type.A)).isEqualTo("a");
        assertThat(answeredBy(router, "ba.example.", Type.A)).isEqualTo("example");
        assertThat(answeredBy(router, "other.", Type.A)).isEqualTo("root");
    }

    @Test
    @DisplayName("RFC 4035 section 3.1.4.1: DS at an origin is the parent's")
    void dsGoesToTheZoneAbove() {
        ZoneRouter router = ZoneRouter.over(Map.of(name("example."), says("example"), name("a.example."), says("a")));
        assertThat(answeredBy(router, "a.example.", Type.DS)).isEqualTo("example");
        assertThat(answeredBy(router, "b.a.example.", Type.DS)).isEqualTo("a");
        assertThat(answeredBy(router, "example.", Type.DS)).isEqualTo("example");
    }

    @Test
    void aFallthroughGoesToTheZonesAboveOneAfterTheOther() {
        ZoneRouter router =
                ZoneRouter.over(Map.of(name("."), says("root"), name("b."), NOT_MINE, name("a.b."), NOT_MINE));
        assertThat(answeredBy(router, "x.a.b.", Type.A)).isEqualTo("root");
    }

    @Test
    void aNameOutsideEveryZoneFallsThrough() {
        ZoneRouter router = ZoneRouter.over(Map.of(name("example."), says("example")));
        assertThat(router.resolve(Query.of(name("other."), Type.A))).isInstanceOf(Fallthrough.class);
    }

    private static String answeredBy(Resolver resolver, String qname, int qtype) {
        Resolution resolution = resolver.resolve(Query.of(name(qname), qtype));
        assertThat(resolution).isInstanceOf(Response.class);
        return ((Response) resolution).answeredBy();
    }

    private static Resolver says(String who) {
        return query -> Response.empty(Rcode.NOERROR, Freshness.always()).withAnsweredBy(who);
    }

    private static Name name(String text) {
        return Name.fromConstantString(text);
    }
}
