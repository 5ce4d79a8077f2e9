package dev.waypost.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.waypost.kubernetes.testing.ScriptedApiServer;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("JAVA_TOOL_OPTIONS=-javaagent:waypost-agent.jar, and a program that is as it was")
class AgentTest {
    private static final String ORDERS = "orders.shop.svc.cluster.local";

    @TempDir
    private Path folder;

    private String corefile(String text) throws IOException {
        return "=" + Files.writeString(folder.resolve("Corefile"), text);
    }

    private static ScriptedApiServer cluster() {
        ScriptedApiServer api = ScriptedApiServer.start();
        api.putNamespace("shop");
        api.putService("shop", "orders", "{\"clusterIP\": \"None\"}");
        api.putSlice("shop", "orders-1", "orders", "[{\"addresses\":[\"192.0.2.1\"]}]");
        return api;
    }

    /** The first look-ups go to the built-in resolver where the engine takes longer than they wait for it. */
    private static void awaitOrders(StrangerJvm program) {
        await().until(() -> program.ask(ORDERS), "[192.0.2.1]"::equals);
    }

    private String corefileOf(ScriptedApiServer api) throws IOException {
        return corefile("""
                cluster.local:53 {
                    errors
                    health :0
                    ready :0
                    kubernetes cluster.local {
                        endpoint %s
                    }
                    reload
                    loadbalance
                }
                """.formatted(api.url()));
    }

    @Test
    void theProgramSeesClusterNamesAndAScaleEventWithNoCacheInBetween() throws Exception {
        try (ScriptedApiServer api = cluster();
                StrangerJvm program = StrangerJvm.start(folder, corefileOf(api))) {
            awaitOrders(program);
            assertThat(program.ask("none.shop.svc.cluster.local")).isEqualTo("unknown");
            api.putSlice(
                    "shop", "orders-1", "orders", "[{\"addresses\":[\"192.0.2.1\"]},{\"addresses\":[\"192.0.2.2\"]}]");
            await().until(() -> program.ask(ORDERS), "[192.0.2.1, 192.0.2.2]"::equals);
            api.putService("shop", "none", "{\"clusterIP\": \"192.0.2.9\"}");
            await().until(() -> program.ask("none.shop.svc.cluster.local"), "[192.0.2.9]"::equals);
            program.end();
        }
    }

    @Test
    void namesOutsideOfTheClusterAreTheBuiltInResolvers() throws Exception {
        String self = InetAddress.getLocalHost().getHostName(); // of the hosts file
        try (ScriptedApiServer api = cluster();
                StrangerJvm program = StrangerJvm.start(folder, corefileOf(api))) {
            assertThat(program.ask("localhost")).contains("127.0.0.1");
            assertThat(program.ask(self)).isNotEqualTo("unknown");
        }
    }

    @Test
    void aClusterThatCannotBeAskedLeavesTheBuiltInResolverAndTellsWhy() throws Exception {
        String self = InetAddress.getLocalHost().getHostName();
        String argument = corefile("""
                cluster.local {
                    kubernetes cluster.local {
                        endpoint http://127.0.0.1:1
                        startup_timeout 1s
                    }
                }
                """);
        try (StrangerJvm program = StrangerJvm.start(folder, argument)) {
            assertThat(program.ask(self)).isNotEqualTo("unknown");
            program.awaitError("until they are ready, look-ups stay with the JDK's resolver: kubernetes");
            program.end();
        }
    }

    @Test
    void aBrokenCorefileIsToldByFileLineAndColumnAndHarmsNothing() throws Exception {
        String argument = corefile("cluster.local {\n    kubernets cluster.local\n}\n");
        String self = InetAddress.getLocalHost().getHostName();
        try (StrangerJvm program = StrangerJvm.start(folder, argument)) {
            assertThat(program.ask(self)).isNotEqualTo("unknown");
            program.awaitError(
                    argument.substring(1) + ":2:5: unknown directive 'kubernets', did you mean 'kubernetes'?");
            program.end();
        }
    }

    @Test
    void aCorefileThatIsNotThereIsToldAndHarmsNothing() throws Exception {
        String self = InetAddress.getLocalHost().getHostName();
        try (StrangerJvm program = StrangerJvm.start(folder, "=" + folder.resolve("none"))) {
            assertThat(program.ask(self)).isNotEqualTo("unknown");
            program.awaitError(folder.resolve("none") + ": cannot be read");
            program.end();
        }
    }

    @Test
    void withoutAnArgumentAndOutsideOfAPodTheAgentTellsWhatItWants() throws Exception {
        try (StrangerJvm program = StrangerJvm.start(folder, "")) {
            assertThat(program.ask("localhost")).contains("127.0.0.1");
            assertThat(program.end())
                    .contains("waypost-agent: look-ups stay with the JDK's resolver: KUBERNETES_SERVICE_HOST: is not"
                            + " set: this process is in no pod, so a Corefile is wanted");
        }
    }

    @Test
    void neitherSeesTheOthersClasses() throws Exception {
        try (ScriptedApiServer api = cluster();
                StrangerJvm program = StrangerJvm.start(
                        folder, corefileOf(api), own("org.xbill.DNS", "Name"), own("com.google.gson", "Gson"))) {
            awaitOrders(program);
            assertThat(program.ask("class org.xbill.DNS.Name")).isEqualTo("the program's own Name");
            assertThat(program.ask("class com.google.gson.Gson")).isEqualTo("the program's own Gson");
            assertThat(program.ask("class org.xbill.DNS.Message")).isEqualTo("ClassNotFoundException");
            assertThat(program.ask("class dev.waypost.engine.DnsEngine")).isEqualTo("ClassNotFoundException");
        }
    }

    /** A class of the program's that has a name of one of ours, compiled into a folder of its own. */
    private Path own(String packageName, String name) throws IOException {
        Path source = Files.writeString(folder.resolve(name + ".java"), """
                package %1$s;
                public final class %2$s {
                    public String toString() {
                        return "the program's own %2$s";
                    }
                }
                """.formatted(packageName, name));
        Path home = Files.createDirectories(folder.resolve("own-" + name));
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", home.toString(), source.toString()))
                .isZero();
        return home;
    }

    @Test
    void anotherProviderOnTheProgramsClassPathDoesNotComeFirst() throws Exception {
        Path dnsjava = Path.of(Class.forName("org.xbill.DNS.Name")
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (ScriptedApiServer api = cluster();
                StrangerJvm program = StrangerJvm.start(folder, corefileOf(api), dnsjava)) {
            awaitOrders(program);
            assertThat(program.end()).noneSatisfy(line -> assertThat(line).contains("waypost-agent: "));
        }
    }

    @Test
    void theProgramStillChoosesItsLogging() throws Exception {
        try (ScriptedApiServer api = cluster();
                StrangerJvm program = StrangerJvm.start(folder, corefileOf(api))) {
            awaitOrders(program);
            assertThat(program.ask("class " + Stranger.Logging.class.getName())).isEqualTo("OwnLogManager");
        }
    }

    @Test
    void theJdksOwnToolsAreLeftAlone() throws Exception {
        Path output = folder.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), "-h")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        StrangerJvm.variables(builder, "");
        Process jcmd = builder.start();
        assertThat(jcmd.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(output).content().contains("-javaagent:").doesNotContain("waypost-agent: ");
    }

    @Test
    void anOlderJvmSaysWhichOneIsWantedAndRunsTheProgram() throws Exception {
        Optional<Path> older = javaHomes()
                .filter(home -> home.toString().matches(".*[^0-9]17[^0-9].*"))
                .findFirst();
        assumeThat(older).as("a JDK 17 under /usr/lib/jvm").isPresent();
        ProcessBuilder builder = new ProcessBuilder(
                        older.orElseThrow().resolve("bin/java").toString(), "-version")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile());
        StrangerJvm.variables(builder, "");
        Process java = builder.start();
        assertThat(java.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(java.exitValue()).isZero();
        assertThat(folder.resolve("output"))
                .content()
                .contains("waypost-agent: Java 21 or newer is wanted, this is Java 17: look-ups stay with the JDK's")
                .contains("17.");
    }

    private static Stream<Path> javaHomes() throws IOException {
        Path all = Path.of("/usr/lib/jvm");
        return Files.isDirectory(all)
                ? Files.list(all).filter(home -> Files.isExecutable(home.resolve("bin/java")))
                : Stream.empty();
    }

    @Test
    void theClassesThatEveryJvmLoadsAreForJava8() throws Exception {
        for (Class<?> each : List.of(WaypostAgent.class, IsolatedLoader.class, AgentFirst.class)) {
            try (var code = each.getResourceAsStream(each.getSimpleName() + ".class")) {
                assertThat(code.readNBytes(8)).endsWith((byte) 0, (byte) 52);
            }
        }
        assertThat(WaypostAgent.javaVersion("1.8")).isEqualTo(8);
        assertThat(WaypostAgent.javaVersion("21")).isEqualTo(21);
    }
}
