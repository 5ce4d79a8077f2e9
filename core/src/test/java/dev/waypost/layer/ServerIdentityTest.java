package dev.waypost.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.Edns;
import dev.waypost.EdnsOption;
import dev.waypost.Envelope;
import dev.waypost.Layer;
import dev.waypost.Response;
import dev.waypost.testing.DnsAssertions;
import dev.waypost.testing.LayerContract;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ServerIdentityTest implements LayerContract {
    private static final EdnsOption ASKING = new EdnsOption(ServerIdentity.NSID, new byte[0]);
    private static final EdnsOption IDENTITY = nsid("ns1.example");

    private static EdnsOption nsid(String text) {
        return new EdnsOption(ServerIdentity.NSID, text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Layer layer() {
        return new ServerIdentity("ns1.example");
    }

    private Envelope envelope(List<EdnsOption> asked, Response below) {
        Edns edns = new Edns(true, 1232, false, asked);
        return DnsAssertions.response(
                        layer().over(any -> below).resolve(question().withEdns(edns)))
                .envelope();
    }

    @Test
    @DisplayName("RFC 5001 section 2.2: told to whoever asks, and to nobody else")
    void whoAsksIsTold() {
        assertThat(envelope(List.of(ASKING), answer()).options()).containsExactly(IDENTITY);
        assertThat(envelope(List.of(), answer())).isEqualTo(Envelope.PLAIN);
        assertThat(envelope(List.of(new EdnsOption(10, new byte[8])), answer())).isEqualTo(Envelope.PLAIN);
    }

    @Test
    void otherOptionsStayAndAnotherServersIdentityDoesNot() {
        EdnsOption other = new EdnsOption(65001, new byte[] {1});
        Response below = answer().withEnvelope(Envelope.PLAIN.withOptions(List.of(nsid("upstream.example"), other)));
        assertThat(envelope(List.of(ASKING), below).options()).containsExactly(other, IDENTITY);
    }

    @Test
    void anIdentifierHasBounds() {
        for (String text : List.of("", "x".repeat(256))) {
            assertThatThrownBy(() -> new ServerIdentity(text)).hasMessageContaining("1..255 octets");
        }
    }
}
