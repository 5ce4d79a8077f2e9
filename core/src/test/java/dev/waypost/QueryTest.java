package dev.waypost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.testing.Zones;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

class QueryTest {
    private static final Query QUERY = Query.of(Zones.name("a.example"), Type.A);

    @Test
    void followingRemembersEveryNameOfTheChain() {
        Query third = QUERY.following(Zones.name("b.example")).following(Zones.name("c.example"));
        assertThat(third.qname()).hasToString("c.example.");
        assertThat(third.followed()).extracting(Name::toString).containsExactly("a.example.", "b.example.");
        assertThat(third.deadlineNanos()).isEqualTo(QUERY.deadlineNanos());
    }

    @Test
    void noNameIsFollowedTwiceWhateverItsSpelling() {
        Query second = QUERY.following(Zones.name("b.example"));
        assertThat(second.mayFollow(Zones.name("A.EXAMPLE"))).isFalse();
        assertThat(second.mayFollow(Zones.name("B.example"))).isFalse();
        assertThat(second.mayFollow(Zones.name("c.example"))).isTrue();
    }

    @Test
    void chainEndsAtTheBound() {
        Query query = QUERY;
        int followed = 0;
        while (query.mayFollow(Zones.name("n" + followed + ".example"))) {
            query = query.following(Zones.name("n" + followed + ".example"));
            followed++;
        }
        assertThat(followed).isEqualTo(Query.MAX_ALIASES);
    }

    @Test
    void rewrittenNameIsNoAlias() {
        assertThat(QUERY.withQname(Zones.name("b.example")).followed()).isEmpty();
        assertThat(QUERY.withQtype(Type.AAAA).qtype()).isEqualTo(Type.AAAA);
        assertThat(QUERY.withDeadline(7).deadlineNanos()).isEqualTo(7);
    }

    @Test
    void relativeNameIsRefused() {
        assertThatThrownBy(() -> Query.of(Name.fromConstantString("relative"), Type.A))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found \"relative\"");
    }
}
