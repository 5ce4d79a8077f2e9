package dev.waypost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.zone.Witness;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class FreshnessTest {
    private final Witness witness = new Witness();
    private final List<Freshness> all =
            List.of(Freshness.always(), Freshness.never(), Freshness.uncached(), Freshness.until(100), witness);

    @Test
    void andHoldsExactlyWhileBothHold() {
        for (long now : new long[] {0, 99, 100, 101}) {
            for (Freshness one : all) {
                for (Freshness other : all) {
                    assertThat(one.and(other).holdsAt(now))
                            .as("%s and %s at %d", one, other, now)
                            .isEqualTo(one.holdsAt(now) && other.holdsAt(now));
                }
            }
        }
    }

    @Test
    void plainFreshnessStaysPlain() {
        for (Freshness each : all) {
            assertThat(Freshness.always().and(each)).isSameAs(each);
            assertThat(each.and(Freshness.always())).isSameAs(each);
            assertThat(each.and(Freshness.never())).isSameAs(Freshness.never());
            assertThat(each.and(each)).isSameAs(each);
        }
    }

    @Test
    void timeEndsAtItsMomentAlsoWhenTheClockWraps() {
        assertThat(Freshness.until(100).holdsAt(99)).isTrue();
        assertThat(Freshness.until(100).holdsAt(100)).isFalse();
        Freshness acrossTheWrap = Freshness.until(Long.MIN_VALUE + 10);
        assertThat(acrossTheWrap.holdsAt(Long.MAX_VALUE - 10)).isTrue();
        assertThat(acrossTheWrap.holdsAt(Long.MIN_VALUE + 10)).isFalse();
    }

    @Test
    void brokenWitnessEndsWhatItTookPartIn() {
        Freshness chain = Freshness.until(100).and(witness).and(new Witness());
        assertThat(chain.holdsAt(0)).isTrue();
        witness.breakNow();
        assertThat(chain.holdsAt(0)).isFalse();
    }

    @Test
    void timeInAChainIsSeen() {
        assertThat(witness.isTimed()).isFalse();
        assertThat(Freshness.always().isTimed()).isFalse();
        assertThat(witness.and(Freshness.until(100)).isTimed()).isTrue();
        assertThat(Freshness.uncached().and(witness).isTimed()).isTrue();
    }

    @Test
    void keptAnswerHasATimeForUncachedAndKeepsItsWitness() {
        Freshness forwardedBehindAnAlias = witness.and(Freshness.uncached());
        assertThat(forwardedBehindAnAlias.isUncached()).isTrue();
        Freshness kept = forwardedBehindAnAlias.keptUntil(100);
        assertThat(kept.isUncached()).isFalse();
        assertThat(kept.holdsAt(99)).isTrue();
        assertThat(kept.holdsAt(100)).isFalse();
        witness.breakNow();
        assertThat(kept.holdsAt(99)).isFalse();
    }

    @Test
    void keepingChangesNothingThatWasNotUncached() {
        for (Freshness each : List.of(Freshness.always(), Freshness.never(), Freshness.until(7), witness)) {
            assertThat(each.isUncached()).isFalse();
            assertThat(each.keptUntil(100)).isSameAs(each);
        }
    }

    @Test
    void whatIsForSomeClientsStaysForThoseWhateverItIsJoinedWith() {
        Freshness even = Freshness.forClients(client -> client.port() % 2 == 0);
        Freshness low = Freshness.forClients(client -> client.port() < 10);
        for (Freshness each : all) {
            Freshness joined = each.and(even);
            boolean said = each != Freshness.never();
            assertThat(joined.isForSome()).as("%s", joined).isEqualTo(said);
            assertThat(joined.holdsFor(client(3))).as("%s", joined).isEqualTo(!said);
            assertThat(even.and(each).holdsFor(client(4))).isTrue();
            assertThat(joined.keptUntil(100).isForSome()).isEqualTo(said);
            assertThat(each.isForSome()).isFalse();
            assertThat(each.holdsFor(client(3))).isTrue();
        }
        assertThat(even.and(low).holdsFor(client(4))).isTrue();
        assertThat(even.and(low).holdsFor(client(12))).isFalse();
        assertThat(even.holdsAt(0)).isTrue();
    }

    private static Client client(int port) {
        return new Client(InetAddress.getLoopbackAddress(), port, Transport.UDP);
    }
}
