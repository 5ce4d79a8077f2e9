package dev.waypost.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpAddressTest {
    @Test
    void everyFormOfACorefileIsRead() throws UnknownHostException {
        assertThat(HttpAddress.parse(":8080")).isEqualTo(new HttpAddress("", 8080));
        assertThat(HttpAddress.parse("[::1]:0"))
                .isEqualTo(new HttpAddress("::1", 0))
                .hasToString("[::1]:0");
        assertThat(HttpAddress.parse(":8080").socket().getAddress().isAnyLocalAddress())
                .isTrue();
        assertThat(HttpAddress.parse("localhost:9153").socket().getAddress().isLoopbackAddress())
                .isTrue();
        assertThat(HttpAddress.parse("192.0.2.1:9153").socket().getHostString()).isEqualTo("192.0.2.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "8080", "localhost", ":x", ":65536", ":-1", "::1:8080"})
    void anythingElseIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpAddress.parse(text))
                .withMessageContaining("found \"" + text + "\"");
    }
}
