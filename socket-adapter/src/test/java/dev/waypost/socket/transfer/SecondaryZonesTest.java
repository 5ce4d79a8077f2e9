package dev.waypost.socket.transfer;

import static dev.waypost.socket.transfer.ScriptedPrimary.lying;
import static dev.waypost.socket.transfer.ScriptedPrimary.reply;
import static dev.waypost.socket.transfer.ScriptedPrimary.soa;
import static dev.waypost.socket.transfer.ScriptedPrimary.zone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.waypost.ExtendedError;
import dev.waypost.Response;
import dev.waypost.Staleness;
import dev.waypost.testing.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class SecondaryZonesTest {
    private static final String FIRST = "192.0.2.1";
    private static final String SECOND = "192.0.2.2";

    private static InetSocketAddress nobody() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.next());
    }

    @Test
    @DisplayName("RFC 1034 section 4.3.5: a zone that was never transferred is SERVFAIL, not NXDOMAIN")
    void zoneThatNeverCameIsServfail() throws IOException {
        try (Copy copy = Copy.of(nobody())) {
            Response response = copy.ask();
            assertThat(response.rcode()).isEqualTo(Rcode.SERVFAIL);
            assertThat(response.extendedErrors())
                    .extracting(ExtendedError::infoCode)
                    .containsExactly(ExtendedError.NOT_READY);
            assertThat(copy.zones().readiness().ready()).isFalse();
            copy.awaitFailures(2);
        }
    }

    @Test
    @DisplayName("RFC 5936: a zone is transferred and answered, with AA")
    void zoneIsTransferredAndAnswered() throws IOException {
        try (ScriptedPrimary primary = new ScriptedPrimary(zone(soa(1), FIRST));
                Copy copy = Copy.of(primary.address())) {
            copy.awaitSaying(FIRST);
            assertThat(copy.ask().authoritative()).isTrue();
            assertThat(copy.zones().readiness().ready()).isTrue();
            assertThat(primary.asked()).containsExactly(Type.AXFR);
        }
    }

    @Test
    @DisplayName(
            "RFC 1034 section 4.3.5: REFRESH after the last look the serial is asked for, and only a newer zone fetched")
    void newerSerialIsFetched() throws IOException {
        try (ScriptedPrimary primary = new ScriptedPrimary(zone(soa(1, 0, 0, 3600), FIRST));
                Copy copy = Copy.of(primary.address())) {
            copy.awaitSaying(FIRST);
            await().until(() ->
                    primary.asked().stream().filter(type -> type == Type.SOA).count() >= 3);
            assertThat(primary.transfers()).isEqualTo(1);
            primary.say(zone(soa(2), SECOND));
            copy.awaitSaying(SECOND);
            assertThat(primary.transfers()).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("RFC 1982: serials count in a circle")
    void serialMayPassZero() throws IOException {
        try (ScriptedPrimary primary = new ScriptedPrimary(zone(soa(4294967295L, 0, 0, 3600), FIRST));
                Copy copy = Copy.of(primary.address())) {
            copy.awaitSaying(FIRST);
            primary.say(zone(soa(3), SECOND));
            copy.awaitSaying(SECOND);
        }
    }

    @Test
    @DisplayName("RFC 1034 section 4.3.5: a copy is answered while no primary is there, and says since when")
    void copyIsAnsweredWhileNoPrimaryIsThere() throws IOException {
        try (ScriptedPrimary primary = new ScriptedPrimary(zone(soa(7, 0, 0, 3600), FIRST));
                Copy copy = Copy.of(primary.address())) {
            copy.awaitSaying(FIRST);
            primary.say((question, line) -> line.close());
            await().until(() -> copy.ask().staleness() != Staleness.FRESH);
            assertThat(copy.said()).isEqualTo(FIRST);
            assertThat(copy.zones().readiness().ready()).isTrue();
        }
    }

    @Test
    @DisplayName("RFC 1034 section 4.3.5: a copy is answered no longer than EXPIRE")
    void copyExpires() throws IOException {
        try (ScriptedPrimary primary = new ScriptedPrimary(zone(soa(7, 0, 0, 1), FIRST));
                Copy copy = Copy.of(primary.address(), primary.address())) {
            copy.awaitSaying(FIRST);
            primary.say((question, line) -> line.close());
            copy.awaitSaying("SERVFAIL");
            assertThat(copy.zones().readiness().ready()).isFalse();
            assertThat(copy.zones().readiness().reason()).contains("example.org.");

            primary.say(zone(soa(6), SECOND)); // a serial that was over before: what expired counts no more
            copy.awaitSaying(SECOND);
            assertThat(copy.ask().staleness()).isEqualTo(Staleness.FRESH);
        }
    }

    @Test
    void secondPrimaryIsAskedWhereTheFirstFails() throws IOException {
        try (ScriptedPrimary primary = new ScriptedPrimary(zone(soa(1), FIRST));
                Copy copy = Copy.of(nobody(), primary.address())) {
            copy.awaitSaying(FIRST);
        }
    }

    @Test
    void primaryThatIsBehindIsPassedOver() throws IOException {
        try (ScriptedPrimary late = new ScriptedPrimary(zone(soa(1, 0, 0, 3600), FIRST));
                ScriptedPrimary quick = new ScriptedPrimary(zone(soa(2), SECOND))) {
            try (Copy copy = Copy.of(late.address(), quick.address())) {
                copy.awaitSaying(FIRST);
                late.say((question, line) -> line.close());
                copy.awaitSaying(SECOND);
                late.say(zone(soa(1), FIRST));
                int before = quick.asked().size();
                InetAddress from = InetAddress.getLoopbackAddress();
                copy.hear(from.getHostAddress(), ScriptedPrimary.ZONE, word -> {});
                await().until(() -> quick.asked().size() > before); // which is asked behind the other
                assertThat(copy.said()).isEqualTo(SECOND);
            }
        }
    }

    @Test
    @DisplayName("RFC 1996 section 4.3: a NOTIFY of a primary is answered and makes the copy look at once")
    void wordOfAPrimaryMakesItLook() throws IOException {
        try (ScriptedPrimary primary = new ScriptedPrimary(zone(soa(1), FIRST));
                Copy copy = Copy.of(primary.address())) {
            copy.awaitSaying(FIRST);
            primary.say(zone(soa(2), SECOND));
            Response answer = copy.hear("127.0.0.1", ScriptedPrimary.ZONE, word -> word.serial(2));
            assertThat(answer.rcode()).isEqualTo(Rcode.NOERROR);
            assertThat(answer.authoritative()).isTrue();
            copy.awaitSaying(SECOND);
        }
    }

    @Test
    void wordOfWhatIsThereAlreadyAsksNobody() throws IOException {
        try (ScriptedPrimary primary = new ScriptedPrimary(zone(soa(5), FIRST));
                Copy copy = Copy.of(primary.address())) {
            copy.awaitSaying(FIRST);
            for (int serial : new int[] {5, 4}) {
                assertThat(copy.hear("127.0.0.1", ScriptedPrimary.ZONE, word -> word.serial(serial))
                                .rcode())
                        .isEqualTo(Rcode.NOERROR);
            }
            primary.say(zone(soa(6), SECOND));
            copy.hear("127.0.0.1", ScriptedPrimary.ZONE, word -> {}); // one that tells no serial
            copy.awaitSaying(SECOND);
            assertThat(primary.asked()).containsExactly(Type.AXFR, Type.SOA, Type.AXFR);
        }
    }

    @Test
    @DisplayName("CVE-2025-59030: strangers are REFUSED, other zones NOTAUTH, and nothing changes")
    void wordOfAStrangerChangesNothing() throws IOException {
        try (ScriptedPrimary primary = new ScriptedPrimary(zone(soa(1), FIRST));
                Copy copy = Copy.of(primary.address())) {
            copy.awaitSaying(FIRST);
            assertThat(copy.hear("192.0.2.66", ScriptedPrimary.ZONE, word -> word.serial(2))
                            .rcode())
                    .isEqualTo(Rcode.REFUSED);
            for (String other : new String[] {"example.net.", "www.example.org.", "org."}) {
                assertThat(copy.hear("127.0.0.1", Name.fromConstantString(other), word -> {})
                                .rcode())
                        .isEqualTo(Rcode.NOTAUTH);
            }
            assertThat(copy.said()).isEqualTo(FIRST);
            assertThat(primary.asked()).containsExactly(Type.AXFR);
        }
    }

    @Test
    void manyWordsAreOneLook() throws IOException {
        try (ScriptedPrimary primary = new ScriptedPrimary(zone(soa(1), FIRST));
                Copy copy = Copy.of(primary.address())) {
            copy.awaitSaying(FIRST);
            long began = System.nanoTime();
            for (int i = 0; i < 1_000; i++) {
                copy.hear("127.0.0.1", ScriptedPrimary.ZONE, word -> {});
            }
            await().until(() -> primary.asked().contains(Type.SOA));
            long looks = looks(primary);
            assertThat(looks).as("one a second").isLessThanOrEqualTo(1 + secondsSince(began));
        }
    }

    @Test
    @DisplayName("However many words come while every thread waits for slow primaries, one look waits for a thread")
    void manyWordsWhileNoThreadIsFreeAreOneLook() throws IOException {
        CountDownLatch oneReleased = new CountDownLatch(1);
        CountDownLatch allReleased = new CountDownLatch(1);
        Set<Name> held = ConcurrentHashMap.newKeySet();
        ScriptedPrimary.Script first = zone(soa(1), FIRST);
        ScriptedPrimary.Script script = (question, line) -> {
            Name zone = question.getQuestion().getName();
            if (!zone.equals(ScriptedPrimary.ZONE)) {
                held.add(zone);
                uninterruptibly(zone.toString().startsWith("example1") ? oneReleased : allReleased);
            }
            first.answer(question, line);
        };
        try (ScriptedPrimary primary = new ScriptedPrimary(script);
                Copy copy = Copy.of(SecondaryZonesTest::withFourMore, primary.address())) {
            copy.awaitSaying(FIRST);
            await().until(() -> held.size() == 4); // as many as there are threads
            await().during(Duration.ofMillis(1_500)).until(() -> {
                copy.hear("127.0.0.1", ScriptedPrimary.ZONE, word -> {});
                return looks(primary) == 0;
            });
            long transfers = primary.transfers();
            oneReleased.countDown(); // to fail, and to wait again behind all that waits by now
            await().until(() -> primary.transfers() > transfers);
            await().until(() -> looks(primary) == 1);
        } finally {
            allReleased.countDown();
        }
    }

    private static SecondaryZones.Builder withFourMore(SecondaryZones.Builder builder) {
        builder.limits(new TransferLimits(
                1_000_000, 1_000, Duration.ofHours(1), Duration.ofHours(1))); // who is held is not given up
        for (int i = 1; i <= 4; i++) {
            builder.zone(Name.fromConstantString("example" + i + ".net."));
        }
        return builder;
    }

    private static long looks(ScriptedPrimary primary) {
        return primary.asked().stream().filter(type -> type == Type.SOA).count();
    }

    private static long secondsSince(long nanoTime) {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - nanoTime);
    }

    private static void uninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    @Test
    void endIsImmediateWhateverAPrimaryDoes() throws IOException {
        try (ScriptedPrimary silent = new ScriptedPrimary((question, line) -> {})) {
            Copy copy = Copy.of(silent.address());
            await().until(() -> !silent.asked().isEmpty());
            copy.close();
            await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .doesNotContain("waypost-secondary", "waypost-secondary-clock"));
        }
    }

    @Test
    void whatWasTransferredGoesOnInTheNextConfiguration() throws IOException {
        KeptZones kept = new KeptZones();
        try (ScriptedPrimary primary = new ScriptedPrimary(zone(soa(1), FIRST))) {
            Copy before = Copy.of(builder -> builder.kept(kept), primary.address());
            before.awaitSaying(FIRST);
            primary.say((question, line) -> line.close());
            try (Copy next = Copy.of(builder -> builder.kept(kept), primary.address());
                    Copy other = Copy.of(builder -> builder.kept(kept), primary.address(), nobody())) {
                assertThat(next.said()).isEqualTo(FIRST);
                assertThat(other.said()).as("from other primaries").isEqualTo("SERVFAIL");
                before.close();
                assertThat(next.said()).isEqualTo(FIRST);
            }
            try (Copy later = Copy.of(builder -> builder.kept(kept), primary.address())) {
                assertThat(later.said()).as("what nobody used was let go of").isEqualTo("SERVFAIL");
            }
        }
    }

    @Test
    void largeTransferIsAnsweredOnlyWhenItIsWhole() throws IOException {
        ScriptedPrimary.Script slow = lying(soa(2), (question, line) -> {
            Message first = reply(question, soa(2), ScriptedPrimary.www(SECOND));
            line.send(first);
        });
        try (ScriptedPrimary primary = new ScriptedPrimary(zone(soa(1, 0, 0, 3600), FIRST));
                Copy copy = Copy.of(primary.address())) {
            copy.awaitSaying(FIRST);
            primary.say(slow);
            await().until(() -> primary.transfers() >= 2);
            assertThat(copy.said()).isEqualTo(FIRST);
        }
    }

    @Test
    void whatCannotBeIsRefusedWhenItIsBuilt() {
        assertThatThrownBy(() -> SecondaryZones.builder().build()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> SecondaryZones.builder()
                        .zone(ScriptedPrimary.ZONE)
                        .primary(InetSocketAddress.createUnresolved("ns.example.org", 53)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TransferLimits(0, 1, Duration.ofSeconds(1), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
