package dev.waypost.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TemplateTest {
    private static final Map<String, String> VALUES = Map.of(
            "folder", "/tmp/folder",
            "port", "1053",
            "cores", "2",
            "zone", "/tmp/zone",
            "hosts", "/tmp/hosts",
            "upstream", "2053",
            "api", "http://127.0.0.1:8001");

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Peer.class)
    void everyPeerCanServeTheZone(Peer peer) throws IOException {
        assertThat(Template.of("zone", peer)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"zone", "forward", "kubernetes"})
    void waypostAndCoreDnsReadTheSameCorefile(String kind) throws IOException {
        assertThat(Template.of(kind, Peer.WAYPOST)).isPresent().isEqualTo(Template.of(kind, Peer.COREDNS));
    }

    @ParameterizedTest
    @EnumSource(Peer.class)
    void nothingIsLeftToFillIn(Peer peer) throws IOException {
        for (String kind : new String[] {"zone", "forward", "kubernetes"}) {
            if (Template.of(kind, peer).isPresent()) {
                Path file = folder.resolve(kind);
                Template.of(kind, peer).orElseThrow().write(file, VALUES);
                assertThat(Files.readString(file)).doesNotContainPattern("\\{[a-z]+}");
            }
        }
    }
}
