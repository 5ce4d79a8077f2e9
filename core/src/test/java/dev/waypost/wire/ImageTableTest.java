package dev.waypost.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.Freshness;
import dev.waypost.Response;
import dev.waypost.testing.WireMessages;
import dev.waypost.testing.WireProbe;
import dev.waypost.testing.WireRecords;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class ImageTableTest {
    @Test
    void noSlotsKeepNothing() {
        WireProbe probe = probe(0);

        probe.udp(name(1));
        probe.udp(name(1));

        assertThat(probe.asked()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 1000})
    void anyNumberOfSlotsKeepsAnImage(int slots) {
        WireProbe probe = probe(slots);

        probe.udp(name(1));
        probe.udp(name(1));

        assertThat(probe.asked()).hasSize(1);
    }

    @Test
    void numbersThatAreNoTableAreRefused() {
        assertThatThrownBy(() -> probe(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found -1");
    }

    @Test
    void namesOfAHalfFullTableAreKept() {
        WireProbe probe = probe(2048);
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 1024; i++) {
                probe.udp(name(i));
            }
        }

        // 1024 names in 256 sets of eight: 5 % share theirs with eight others or more (Poisson, mean 4).
        assertThat(probe.asked().size() - 1024).isLessThan(120);
    }

    @Test
    void floodOfNamesAskedOnceLeavesTheOnesAskedOften() {
        WireProbe probe = probe(4096);
        AtomicInteger flood = new AtomicInteger(1000);
        int rendered = 0;
        for (int round = 0; round < 200; round++) {
            for (int hot = 0; hot < 8; hot++) {
                int before = probe.asked().size();
                probe.udp(name(hot));
                rendered += probe.asked().size() - before;
            }
            for (int i = 0; i < 1024; i++) { // two a set
                probe.udp(name(flood.getAndIncrement()));
            }
        }

        assertThat(rendered).isLessThan(40); // of 1600; if any image gave way to any other, 400 or more
    }

    @Test
    void nameAskedOftenFindsAPlaceBesideNamesNoLongerAsked() {
        WireProbe probe = probe(2);
        for (int i = 0; i < 6; i++) {
            probe.udp(name(1));
            probe.udp(name(2));
        }
        assertThat(probe.asked()).hasSize(2);

        for (int i = 0; i < 6; i++) {
            probe.udp(name(3));
        }

        assertThat(probe.asked()).as("refused once, kept the second time").hasSize(4);
    }

    @Test
    void tableHoldsNoMoreThanItsSlots() {
        WireProbe probe = probe(64);
        for (int i = 0; i < 10_000; i++) {
            probe.udp(name(i));
        }
        int before = probe.asked().size();
        for (int i = 0; i < 10_000; i++) {
            probe.udp(name(9_999 - i));
        }

        assertThat(10_000 - (probe.asked().size() - before)).isLessThanOrEqualTo(64);
    }

    @Test
    void repliesTooLongForAnImageAreRenderedEachTime() {
        WireProbe probe = WireProbe.imaging(
                64, query -> Response.answer(Freshness.always(), WireRecords.addresses("n1.example.", 300)));

        probe.tcp(name(1));
        probe.tcp(name(1));

        assertThat(probe.asked()).hasSize(2);
    }

    private static WireProbe probe(int slots) {
        return WireProbe.imaging(slots, query -> Response.empty(Rcode.NXDOMAIN, Freshness.always()));
    }

    private static byte[] name(int number) {
        return WireMessages.query("n" + number + ".example.", Type.A).bytes();
    }
}
