package dev.waypost.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Name;

@DisplayName("Search lists of files: resolv.conf(5), and the namespace of a pod")
class SearchListFilesTest {
    @TempDir
    private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("file"), text);
    }

    @Test
    void theLastOfSearchAndDomainCounts() throws IOException {
        SearchList list = SearchList.ofResolvConf(file("""
                # made by hand
                domain one.example
                nameserver 192.0.2.1
                search two.example three.example ; and no more
                options timeout:1 ndots:5
                """));
        assertThat(list.domains()).extracting(Name::toString).containsExactly("two.example.", "three.example.");
        assertThat(list.ndots()).isEqualTo(5);
    }

    @Test
    void ndotsIsOneUnlessToldAndFifteenAtMost() throws IOException {
        assertThat(SearchList.ofResolvConf(file("search example\n")).ndots()).isEqualTo(1);
        assertThat(SearchList.ofResolvConf(file("options ndots:99\n")).ndots()).isEqualTo(15);
        assertThat(SearchList.ofResolvConf(file("options ndots:0\n")).ndots()).isZero();
    }

    @Test
    void ndotsThatIsNoNumberIsNamedWithItsLine() throws IOException {
        Path file = file("search example\noptions ndots:many\n");
        assertThatThrownBy(() -> SearchList.ofResolvConf(file))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(file + ":2: 'ndots' wants a number, found \"many\"");
    }

    @Test
    void aPodsNamespaceIsReadFromItsFile() throws IOException {
        SearchList list = SearchList.ofNamespaceFile(file("checkout\n"), Name.fromConstantString("cluster.local."));
        assertThat(list).isEqualTo(SearchList.ofPod("checkout", Name.fromConstantString("cluster.local.")));
    }

    @Test
    void outsideOfAPodIsTold() {
        assertThatThrownBy(() -> SearchList.ofNamespaceFile(folder.resolve("none"), Name.root))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("a pod's namespace cannot be read");
    }
}
