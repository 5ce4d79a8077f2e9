package dev.waypost.corefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.ConfigurationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorefileImportTest {
    private Path folder = Path.of("");

    @BeforeEach
    void keep(@TempDir Path temporary) throws IOException {
        folder = temporary.toRealPath();
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static @Nullable String environment(String name) {
        return name.equals("PART") ? "part" : null;
    }

    private static List<String> outline(Path corefile) {
        return Outline.of(CorefileReader.read(corefile, CorefileImportTest::environment));
    }

    private static void assertRefused(Path corefile, String message) {
        assertThatThrownBy(() -> outline(corefile))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(message);
    }

    @Test
    void aSnippetIsPutWhereItIsImported() throws IOException {
        Path corefile = write("Corefile", """
                (common) {
                    errors
                    cache 30 {
                        success 100
                    }
                }
                (inner) {
                    lameduck 5s
                }
                a.example {
                    import common
                    health {
                        import inner
                    }
                }
                b.example {
                    whoami
                    import common
                }
                """);
        assertThat(outline(corefile))
                .containsExactly(
                        "<a.example> {errors; cache <30> {success <100>}; health {lameduck <5s>}}",
                        "<b.example> {whoami; errors; cache <30> {success <100>}}");
    }

    @Test
    void aSnippetMayHoldWholeBlocksAndImportOthers() throws IOException {
        Path corefile = write("Corefile", """
                (one) {
                    whoami
                }
                (blocks) {
                    a.example {
                        import one
                    }
                    b.example {
                        import one
                    }
                }
                import blocks
                """);
        assertThat(outline(corefile)).containsExactly("<a.example> {whoami}", "<b.example> {whoami}");
    }

    @Test
    void aFileIsImportedFromTheFolderOfTheFileThatNamesIt() throws IOException {
        write("parts/deep/leaf", "errors\n");
        write("parts/part", "import deep/leaf\nlog");
        Path corefile = write("Corefile", ". {\n import parts/{$PART}\n whoami\n}\n");
        assertThat(outline(corefile)).containsExactly("<.> {errors; log; whoami}");
    }

    @Test
    void anAbsoluteNameIsTakenAsItIs() throws IOException {
        Path part = write("elsewhere/part", "whoami");
        assertThat(outline(write("Corefile", ". {\n import " + part + "\n}"))).containsExactly("<.> {whoami}");
    }

    @Test
    void blocksAndSnippetsMayComeFromFiles() throws IOException {
        write("snippets", "(common) {\n errors\n}\n");
        write("blocks", "a.example {\n import common\n}\nb.example {\n whoami\n}\n");
        assertThat(outline(write("Corefile", "import snippets\nimport blocks\n")))
                .containsExactly("<a.example> {errors}", "<b.example> {whoami}");
    }

    @Test
    void aPatternTakesFilesByNameAndPassesFoldersOver() throws IOException {
        write("conf.d/20.server", "b.example {\n whoami\n}\n");
        write("conf.d/10.server", "a.example {\n whoami\n}\n");
        write("conf.d/..data.server/x", "not read");
        write("conf.d/other", "not read either");
        write("zones/one/conf", "c.example {\n whoami\n}\n");
        write("zones/two/conf", "d.example {\n whoami\n}\n");
        assertThat(outline(write("Corefile", "import conf.d/*.server\nimport zones/*/conf\n")))
                .containsExactly(
                        "<a.example> {whoami}", "<b.example> {whoami}", "<c.example> {whoami}", "<d.example> {whoami}");
        assertThat(outline(write("Other", "import conf.d/?0.server\n")))
                .containsExactly("<a.example> {whoami}", "<b.example> {whoami}");
    }

    @Test
    void aPatternThatMatchesNothingIsNoFault() throws IOException {
        assertThat(outline(write("Corefile", ". {\n import custom/*.override\n whoami\n}\nimport no/where/*\n")))
                .containsExactly("<.> {whoami}");
    }

    @Test
    void aMissingFileIsAFault() throws IOException {
        assertRefused(
                write("Corefile", ". {\n import part\n}"),
                folder + "/Corefile:2:9: 'import' wants a snippet defined above or a file, found \"part\":"
                        + " there is no snippet of this name and no file " + folder + "/part");
    }

    @Test
    void aFolderIsAFault() throws IOException {
        write("part/x", "");
        assertRefused(
                write("Corefile", ". {\n import part\n}"),
                folder + "/Corefile:2:9: 'import' wants a file, found the folder " + folder + "/part");
    }

    @Test
    void aFaultInAnImportedFileNamesThatFile() throws IOException {
        write("part", "errors\nhealth {\n");
        assertRefused(write("Corefile", ". {\n import part\n}"), folder + "/part:2:8: '{' is never closed");
    }

    @Test
    void aBraceClosesInTheFileThatOpenedIt() throws IOException {
        write("part", "errors\n}\n");
        assertRefused(
                write("Corefile", ". {\n import part\n"),
                folder + "/part:2:1: found '}' without a '{' that it could close");
    }

    @Test
    void circlesAreFoundHoweverTheirFilesAreSpelt() throws IOException {
        write("a", "import ./b\n");
        write("b", "import ../" + folder.getFileName() + "/a\n");
        assertRefused(
                write("Corefile", ". {\n import a\n}"),
                folder + "/./b:1:8: 'import' goes round in a circle: "
                        + String.join(" -> ", folder + "/Corefile", folder + "/a", folder + "/b", folder + "/a"));
        assertRefused(
                write("Self", "import Self\n"),
                folder + "/Self:1:8: 'import' goes round in a circle: " + folder + "/Self -> " + folder + "/Self");
    }

    @Test
    void snippetsThatDoubleThemselvesEnd() throws IOException {
        StringBuilder text = new StringBuilder("(s0) {\n whoami\n}\n");
        for (int i = 1; i < 40; i++) {
            text.append("(s")
                    .append(i)
                    .append(") {\n import s")
                    .append(i - 1)
                    .append("\n import s")
                    .append(i - 1)
                    .append("\n}\n");
        }
        Path corefile = write("Corefile", text + ". {\n import s39\n}");
        assertThatThrownBy(() -> outline(corefile)).hasMessageEndingWith(": more than 10000 imports");
    }

    @Test
    void importsAreNotNestedWithoutEnd() throws IOException {
        for (int i = 0; i < 80; i++) {
            write("f" + i, "import f" + (i + 1) + "\n");
        }
        Path corefile = write("Corefile", "import f0\n");
        assertThatThrownBy(() -> outline(corefile)).hasMessageEndingWith(": 'import' is nested more than 64 deep");
    }

    @Test
    void aLargeSnippetIsNotTakenTooOften() throws IOException {
        Path corefile = write(
                "Corefile", "(big) {\n" + "whoami\n".repeat(10_000) + "}\n. {\n" + "import big\n".repeat(100) + "}");
        assertThatThrownBy(() -> outline(corefile)).hasMessageEndingWith(": more than 500000 words, imports included");
    }

    @Test
    void whatIsNoTextOrTooLargeIsRefused() throws IOException {
        Path latin = Files.write(folder.resolve("latin"), "b\u00fccher {\n}".getBytes(StandardCharsets.ISO_8859_1));
        assertRefused(latin, latin + ": is not UTF-8 text");
        Path large = Files.write(folder.resolve("large"), new byte[(4 << 20) + 1]);
        assertRefused(large, large + ": is larger than 4194304 octets");
        assertThatThrownBy(() -> outline(folder.resolve("none")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(folder + "/none: cannot be read (");
    }
}
