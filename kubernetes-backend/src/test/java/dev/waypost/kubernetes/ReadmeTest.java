package dev.waypost.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.engine.DnsEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    /** Never called: the README's example, so that a compiler sees it. */
    @SuppressWarnings("unused")
    private static void example() {
        KubernetesBackend cluster = KubernetesBackend.inCluster()
                .zones("cluster.local", "in-addr.arpa", "ip6.arpa")
                .ttl(Duration.ofSeconds(30))
                .build();
        try (DnsEngine engine = DnsEngine.builder().backend(cluster).build().start()) {
            engine.awaitReady(Duration.ofSeconds(5));
            engine.addresses("web.shop.svc.cluster.local.").orThrow();
        }
    }

    @Test
    void exampleOfTheReadmeIsTheOneThatCompiles() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        int begin = readme.indexOf("```java\n") + "```java\n".length();
        List<String> example = readme.substring(begin, readme.indexOf("```", begin))
                .lines()
                .map(String::strip)
                .toList();
        List<String> compiled =
                Files.readAllLines(Path.of("src/test/java/dev/waypost/kubernetes/ReadmeTest.java")).stream()
                        .map(String::strip)
                        .toList();
        assertThat(compiled).containsSubsequence(example);
    }
}
