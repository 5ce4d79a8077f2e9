package dev.waypost.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waypost.engine.DnsEngine;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.xbill.DNS.Type;

/** What happens when a process has no file descriptor left: shown in a process of its own. */
class DescriptorsTest {
    private static final int LIMIT = 100;

    /** Serves until its standard input ends. */
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) throws IOException {
            DnsEngine engine =
                    DnsEngine.of(new TestPlans().everything().build()).start();
            DnsServer server = DnsServer.builder(engine)
                    .listen(TestPlans.loopback())
                    .options(TestPlans.QUICK)
                    .start();
            System.out.println(server.addresses().get(0).getPort());
            while (System.in.read() >= 0) {
                System.out.println(server.counters().acceptErrors());
            }
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void withoutDescriptorsDatagramsAreServedAndStreamsRecover() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        "bash",
                        "-c",
                        "ulimit -n " + LIMIT + "; exec \"$@\"",
                        "bash",
                        java,
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<Socket> idle = new ArrayList<>();
        try (BufferedReader said = process.inputReader()) {
            InetSocketAddress server = new InetSocketAddress("127.0.0.1", Integer.parseInt(said.readLine()));
            warmUp(server);
            for (int i = 0; i < 2 * LIMIT; i++) {
                idle.add(Wire.connect(server));
            }
            await().until(() -> acceptErrors(process, said) > 0);

            assertThat(Wire.address(server, TestPlans.HOST)).isEqualTo("192.0.2.1");
            assertThat(Wire.firstOf(Wire.tcp(server, TestPlans.HOST, Type.A))).isEqualTo("192.0.2.1");
            for (Socket each : idle) {
                each.close();
            }
            assertThat(Wire.firstOf(Wire.tcp(server, TestPlans.HOST, Type.A))).isEqualTo("192.0.2.1");
        } finally {
            process.destroy();
        }
    }

    /** Classes loaded later would want a descriptor too. */
    private static void warmUp(InetSocketAddress server) throws IOException {
        for (int i = 0; i < 3; i++) {
            Wire.address(server, TestPlans.HOST);
            Wire.tcp(server, TestPlans.HOST, Type.A);
        }
    }

    private static long acceptErrors(Process process, BufferedReader said) throws IOException {
        process.getOutputStream().write('?');
        process.getOutputStream().flush();
        return Long.parseLong(said.readLine());
    }
}
