package dev.waypost.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Name;

/**
 * Asks glibc itself: getent in namespaces of its own, where resolv.conf and 127.0.0.1:53 are the test's. That takes Linux,
 * glibc and the right to make namespaces; elsewhere the test is skipped.
 */
@DisplayName("Search lists: the names that glibc asks for, in its order")
class GlibcSearchTest {

    /** With a timeout after which nothing is asked twice, or given up. */
    private static final String SERVER = "nameserver 127.0.0.1\noptions timeout:30\n";

    private static final String LABEL = "a".repeat(63);
    private static final String LONG_247 = String.join(".", LABEL, LABEL, LABEL, "a".repeat(54));
    private static final List<String> NAMES = List.of(
            "orders",
            "orders.shop",
            "a.b.c",
            "orders.shop.svc",
            "www.shop.example.com",
            "a.b.c.d.e",
            "a.b.c.d.e.f",
            "a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q",
            "Orders.SHOP",
            "_grpc._tcp.orders",
            "orders.",
            "orders.shop.",
            LONG_247);

    @TempDir
    private Path folder;

    /** The program in namespaces of mounts, network and host name: $1 is its resolv.conf, $2 its nsswitch.conf. */
    private List<String> command(String resolvConf) throws IOException {
        Path resolv = Files.writeString(folder.resolve("resolv.conf"), SERVER + resolvConf);
        Path nsswitch = Files.writeString(folder.resolve("nsswitch.conf"), "hosts: dns\n");
        return List.of(
                "unshare",
                "--mount",
                "--net",
                "--uts",
                "sh",
                "-ec",
                "hostname probe; ip link set lo up; mount --bind \"$1\" /etc/resolv.conf;"
                        + " mount --bind \"$2\" /etc/nsswitch.conf; shift 2; exec \"$@\"",
                "sh",
                resolv.toString(),
                nsswitch.toString());
    }

    private record Ended(int status, List<String> output) {}

    private Ended run(String resolvConf, List<String> program) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(command(resolvConf));
        command.addAll(program);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return new Ended(process.exitValue(), output.lines().toList());
        } finally {
            process.destroyForcibly();
        }
    }

    @BeforeEach
    void glibcCanBeAsked() throws InterruptedException {
        Ended ended;
        try {
            ended = run("", List.of("sh", "-ec", "getent --version; grep -q probe /proc/sys/kernel/hostname"));
        } catch (IOException noUnshare) {
            ended = new Ended(-1, List.of(noUnshare.toString()));
        }
        assumeThat(ended.status())
                .as("glibc's getent in namespaces of its own (root on Linux): " + ended.output())
                .isZero();
        assumeThat(ended.output().toString()).as("a getent of glibc").containsAnyOf("GNU libc", "GLIBC");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "search shop.svc.cluster.local svc.cluster.local cluster.local\noptions ndots:5\n",
                "search a.example b.example\n",
                "search a.example b.example\noptions ndots:2\n",
                "search a.example\noptions ndots:0\n",
                "search a.example\noptions ndots:99\n",
                "search a.example .\n",
                "search . a.example\noptions ndots:5\n",
                "options ndots:5\n",
                "",
                "search one.example\ndomain two.example\n",
                "domain one.example\nsearch two.example three.example\n",
                "search a.example b.example c.example d.example e.example f.example g.example h.example\n",
                "search a.example. B.Example\noptions timeout:29 ndots:3 attempts:1\n",
            })
    void theNamesAreThoseOfGlibcInItsOrder(String resolvConf) throws Exception {
        List<String> program = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                GlibcProbe.class.getName()));
        program.addAll(NAMES);
        Ended glibc = run(resolvConf, program);
        assertThat(glibc.status()).as(glibc.output().toString()).isZero();
        SearchList list = SearchList.ofResolvConf(folder.resolve("resolv.conf"));
        List<String> ours = NAMES.stream().map(name -> tried(list, name)).toList();
        assertThat(ours).isEqualTo(glibc.output());
    }

    private static String tried(SearchList list, String name) {
        return String.join(
                " ", list.candidates(name).stream().map(Name::toString).toList());
    }
}
