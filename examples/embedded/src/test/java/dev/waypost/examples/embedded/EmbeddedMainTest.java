package dev.waypost.examples.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class EmbeddedMainTest {
    /** What a JVM opens a connection with: sockets, channels, selectors, HTTP clients, dnsjava's and OkHttp's too. */
    private static final Pattern NETWORK = Pattern.compile(
            "(java\\.net\\.((Server|Datagram|Multicast)?Socket|\\w*SocketImpl|HttpURLConnection|http\\..*)"
                    + "|sun\\.nio\\.ch\\.(\\w*(Socket|Datagram)Channel\\w*|\\w*Selector\\w*)"
                    + "|java\\.nio\\.channels\\.\\w*(Socket|Datagram|Selector)\\w*"
                    + "|org\\.xbill\\.DNS\\.(Nio|Simple|Extended|Doh)\\w*|okhttp3\\..*)");

    private static final Pattern INITIALIZED = Pattern.compile("Initializing '([^']+)'");

    @Test
    void theChangeIsSeenAtTheNextLookup() throws IOException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        EmbeddedMain.run(new PrintStream(printed, true, StandardCharsets.UTF_8));
        List<String> lines = printed.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines.get(0))
                .contains("orders.shop.svc.cluster.local/198.51.100.1", "/198.51.100.2", "/198.51.100.3")
                .doesNotContain("198.51.100.4");
        assertThat(lines.stream().filter(line -> line.startsWith("instance: ")))
                .hasSize(3)
                .first()
                .asString()
                .contains("target=orders-0.orders.shop.svc.cluster.local., port=9000");
        assertThat(lines)
                .anySatisfy(line -> assertThat(line)
                        .startsWith("after one more endpoint came: 4 addresses")
                        .contains("198.51.100.4"))
                .contains("pushed: 4 addresses", "explained: orders.shop.svc.cluster.local. A")
                .anyMatch(line -> line.contains("EndpointSlice shop/orders"));
    }

    @Test
    void theProgramUsesNoClassThatOpensAConnection() throws Exception {
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+init=info:stdout",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        EmbeddedMain.class.getName())
                .redirectErrorStream(true)
                .start();
        List<String> output;
        try (BufferedReader lines = program.inputReader()) {
            output = lines.lines().toList();
        }
        assertThat(program.waitFor()).isZero();
        assertThat(output).anyMatch(line -> line.contains("after one more endpoint came: 4 addresses"));
        // Initialized, not loaded: the JDK's own file streams name a socket channel, and use none.
        List<String> used = output.stream()
                .map(INITIALIZED::matcher)
                .filter(Matcher::find)
                .map(line -> line.group(1).replace('/', '.'))
                .toList();
        assertThat(used).contains(EmbeddedMain.class.getName());
        assertThat(used.stream().filter(name -> NETWORK.matcher(name).matches()))
                .isEmpty();
    }
}
