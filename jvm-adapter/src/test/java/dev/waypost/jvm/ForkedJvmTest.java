package dev.waypost.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a new JVM can show: its resolver and its cache settings are chosen once. */
@DisplayName("InetAddress in JVMs of their own")
class ForkedJvmTest {
    @TempDir
    private Path folder;

    private static List<String> run(List<String> options, String... program) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
        command.addAll(options);
        command.addAll(List.of(program));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return output.lines().toList();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aScaleEventIsInTheNextLookupOfAllAddresses() throws Exception {
        assertThat(run(List.of(), ScalingProgram.class.getName()))
                .containsExactly(
                        "Installation[active=true, uncached=true, remedy=]", "[192.0.2.1]", "[192.0.2.1, 192.0.2.2]");
    }

    @Test
    void aLookupBeforeTheInstallationDoesNoHarm() throws Exception {
        assertThat(run(List.of(), ScalingProgram.class.getName(), "look-up-first"))
                .containsExactly(
                        "Installation[active=true, uncached=true, remedy=]", "[192.0.2.1]", "[192.0.2.1, 192.0.2.2]");
    }

    @Test
    void aJdkThatReadItsCacheSettingsBeforeIsReported() throws Exception {
        List<String> output = run(
                List.of("--add-exports", "java.base/sun.net=ALL-UNNAMED"),
                ScalingProgram.class.getName(),
                "read-cache-settings-first");
        assertThat(output.get(0))
                .startsWith(
                        "Installation[active=true, uncached=false, remedy=the JDK caches addresses: it read its settings")
                .contains("-Dsun.net.inetaddr.ttl=0");
        assertThat(output.get(2)).isEqualTo("[192.0.2.1]"); // what the remedy is for
    }

    @Test
    void theRemedyForThatIsOne() throws Exception {
        List<String> output = run(
                List.of(
                        "--add-exports",
                        "java.base/sun.net=ALL-UNNAMED",
                        "-Djava.security.properties="
                                + Files.writeString(
                                        folder.resolve("java.security"),
                                        "networkaddress.cache.ttl=0\nnetworkaddress.cache.negative.ttl=0\n")),
                ScalingProgram.class.getName(),
                "read-cache-settings-first");
        assertThat(output)
                .containsExactly(
                        "Installation[active=true, uncached=true, remedy=]", "[192.0.2.1]", "[192.0.2.1, 192.0.2.2]");
    }

    @Test
    void anotherProviderBeforeThisOneIsReported() throws Exception {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(
                services.resolve("java.net.spi.InetAddressResolverProvider"), OtherProvider.class.getName() + "\n");
        String path = folder + System.getProperty("path.separator") + System.getProperty("java.class.path");
        assertThat(run(List.of("-cp", path), ScalingProgram.class.getName()).get(0))
                .startsWith("Installation[active=false, uncached=false, remedy=the JDK chose another");
    }

    @Test
    void aCorefileAloneIsEnough() throws Exception {
        Path zone = Files.writeString(folder.resolve("db.example"), """
                $ORIGIN shop.example.
                @ 60 SOA ns hostmaster 1 7200 1800 86400 60
                @ 60 NS ns
                ns 60 A 192.0.2.53
                web 60 A 192.0.2.80
                """);
        Path corefile = Files.writeString(folder.resolve("Corefile"), "shop.example {\n    file " + zone + "\n}\n");
        assertThat(run(
                        List.of("-D" + WaypostJvm.COREFILE_PROPERTY + "=" + corefile),
                        PlainProgram.class.getName(),
                        "web.shop.example",
                        "none.shop.example",
                        "localhost"))
                .endsWith("web.shop.example/192.0.2.80", "unknown", "localhost/127.0.0.1"); // behind what is logged
    }

    @Test
    void aCorefileThatCannotBeUsedIsToldAndHarmsNothing() throws Exception {
        Path corefile = Files.writeString(folder.resolve("Corefile"), "example {\n    nonsense\n}\n");
        String self = InetAddress.getLocalHost().getHostName(); // in the hosts file, so no packet leaves
        List<String> output =
                run(List.of("-D" + WaypostJvm.COREFILE_PROPERTY + "=" + corefile), PlainProgram.class.getName(), self);
        assertThat(output)
                .anySatisfy(line -> assertThat(line).contains(corefile + ":2:5: unknown directive 'nonsense'"))
                .last(STRING)
                .startsWith(self + "/");
    }
}
