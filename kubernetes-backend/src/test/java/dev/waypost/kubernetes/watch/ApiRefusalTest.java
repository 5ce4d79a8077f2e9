package dev.waypost.kubernetes.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiRefusalTest {
    private static ApiRefusal refusal(int code, String retryAfter, String body) throws IOException {
        return ApiRefusal.of(new Response.Builder()
                .request(new Request.Builder().url("http://192.0.2.1/").build())
                .protocol(Protocol.HTTP_1_1)
                .code(code)
                .message("")
                .header("Retry-After", retryAfter)
                .body(ResponseBody.create(body, null))
                .build());
    }

    @Test
    void statusObjectSaysWhyAndHowLongToStayAway() throws IOException {
        ApiRefusal refusal =
                refusal(429, "7", "{\"kind\":\"Status\",\"details\":{\"a\":[1]},\"message\":\"too many requests\"}");
        assertThat(refusal).hasMessage("429 too many requests");
        assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(refusal.isVersionLost()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"10000000000, 300", "86400, 300", "-5, 0", "9223372036854775807, 300"})
    void retryAfterIsKeptWithinFiveMinutes(String header, long seconds) throws IOException {
        assertThat(refusal(503, header, "{}").retryAfter()).contains(Duration.ofSeconds(seconds));
    }

    @Test
    void textOfAProxyIsToldShortened() throws IOException {
        ApiRefusal refusal = refusal(502, "Wed, 21 Oct 2026 07:28:00 GMT", "<html>" + "x".repeat(1000));
        assertThat(refusal.getMessage()).startsWith("502 <html>xxx").hasSizeLessThan(400);
        assertThat(refusal.retryAfter()).isEmpty();
    }

    @Test
    void versionIsLostByGoneAndByATooLargeOne() throws IOException {
        assertThat(refusal(410, "", "{}").isVersionLost()).isTrue();
        assertThat(refusal(504, "", "{\"message\":\"Too large resource version: 9\"}")
                        .isVersionLost())
                .isTrue();
        assertThat(refusal(504, "", "{\"message\":\"timeout\"}").isVersionLost())
                .isFalse();
    }
}
