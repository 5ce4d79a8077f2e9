package dev.waypost.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.Edns;
import dev.waypost.EdnsOption;
import dev.waypost.Layer;
import dev.waypost.Query;
import dev.waypost.Response;
import dev.waypost.testing.DnsAssertions;
import dev.waypost.testing.LayerContract;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatagramSizeTest implements LayerContract {
    private final AtomicReference<Query> below = new AtomicReference<>();

    @Override
    public Layer layer() {
        return new DatagramSize(DatagramSize.DEFAULT_OCTETS);
    }

    private Response through(int bound, Edns edns) {
        return DnsAssertions.response(new DatagramSize(bound)
                .over(query -> {
                    below.set(query);
                    return answer();
                })
                .resolve(question().withEdns(edns)));
    }

    @ParameterizedTest
    @CsvSource({"1232, 4096, 1232", "1232, 1232, 1232", "1232, 600, 600", "512, 513, 512", "4096, 65535, 4096"})
    void anOfferIsLoweredAndNeverRaised(int bound, int offer, int wanted) {
        EdnsOption option = new EdnsOption(65001, new byte[] {1});
        Response response = through(bound, new Edns(true, offer, true, List.of(option)));
        assertThat(below.get().edns()).isEqualTo(new Edns(true, wanted, true, List.of(option)));
        assertThat(Math.min(offer, response.envelope().datagramOctets())).isEqualTo(wanted);
    }

    @Test
    void aQueryWithoutEdnsStaysWithout() {
        assertThat(through(512, Edns.NONE)).isEqualTo(answer());
        assertThat(below.get().edns()).isEqualTo(Edns.NONE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 511, 4097, 65535})
    void sizesOutsideOfCoreDnsBoundsAreRefused(int octets) {
        assertThatThrownBy(() -> new DatagramSize(octets)).hasMessageContaining("512..4096 octets, found " + octets);
    }
}
