package dev.waypost.corefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CorefileReaderTest {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("ZONE", "example.org", "TWO", "a b", "BRACE", "{", "NESTED", "{$ZONE}");

    private static List<ServerBlock> read(String text) {
        return CorefileReader.read(text, "Corefile", Path.of("."), ENVIRONMENT::get);
    }

    private static List<String> outline(String text) {
        return Outline.of(read(text));
    }

    @Test
    void theDefaultKubernetesCorefileReadsAsItIsWritten() {
        assertThat(outline(Corefiles.KUBERNETES))
                .containsExactly("<.:1053> {errors; health <127.0.0.1:8080> {lameduck <5s>}; ready <127.0.0.1:8181>;"
                        + " kubernetes <cluster.local> <in-addr.arpa> <ip6.arpa>"
                        + " {pods <insecure>; fallthrough <in-addr.arpa> <ip6.arpa>; ttl <30>};"
                        + " prometheus <127.0.0.1:9153>; forward <.> </etc/resolv.conf> {max_concurrent <1000>};"
                        + " cache <30> {disable <success> <cluster.local>; disable <denial> <cluster.local>};"
                        + " loop; reload; loadbalance}");
    }

    @Test
    void zonesAreSeparatedByBlanksOrCommas() {
        String expected = "<a.example> <b.example> <c.example> {whoami}";
        assertThat(outline("a.example b.example c.example {\n whoami\n}\n")).containsExactly(expected);
        assertThat(outline("a.example, b.example, c.example {\n whoami\n}\n")).containsExactly(expected);
        assertThat(outline("a.example,b.example,c.example {\n whoami\n}\n")).containsExactly(expected);
        assertThat(outline("a.example , b.example\t,c.example {\n whoami\n}\n")).containsExactly(expected);
        assertThat(outline("a.example,\nb.example,\n  c.example {\n whoami\n}\n"))
                .containsExactly(expected);
    }

    @Test
    void aFileHoldsSeveralBlocks() {
        assertThat(outline("a.example {\n whoami\n}\nb.example {\n}\nc.example {\n errors\n log\n}"))
                .containsExactly("<a.example> {whoami}", "<b.example> {}", "<c.example> {errors; log}");
    }

    @Test
    void aSingleBlockNeedsNoBraces() {
        assertThat(outline(".:1053\nwhoami\nhealth {\n lameduck 5s\n}\nlog\n"))
                .containsExactly("<.:1053> {whoami; health {lameduck <5s>}; log}");
    }

    @Test
    void zonesAloneAreABlockThatDoesNothing() {
        assertThat(outline("example.org")).containsExactly("<example.org> {}");
    }

    @Test
    void theBraceOfABlockMayStandOnTheNextLine() {
        assertThat(outline("example.org\n{\n whoami\n}")).containsExactly("<example.org> {whoami}");
    }

    @Test
    void aBraceMayCloseOnTheLineOfItsLastStatement() {
        assertThat(outline(". { health { lameduck 5s } \n whoami }"))
                .containsExactly("<.> {health {lameduck <5s>}; whoami}");
    }

    @Test
    void optionsMayHaveOptions() {
        assertThat(outline(".{\n".replace("{", " {") + "a 1 {\n b 2 {\n c 3\n }\n d\n }\n}"))
                .containsExactly("<.> {a <1> {b <2> {c <3>}; d}}");
    }

    @Test
    void commentsReachToTheEndOfTheLine() {
        assertThat(outline("# first\n. { # second\n whoami # third { } \" $\n log#fourth\n}#"))
                .containsExactly("<.> {whoami; log}");
    }

    @Test
    void quotesKeepBlanksBracesHashesAndLines() {
        assertThat(outline(". {\n a \"x y\" \"{\" \"}\" \"#no\" \"\" \"two\nlines\" z\n}"))
                .containsExactly("<.> {a <x y> <{> <}> <#no> <> <two\nlines> <z>}");
    }

    @Test
    void onlyAQuoteIsEscapedInQuotes() {
        assertThat(outline(". {\n a \"say \\\"hi\\\"\" \"^\\d+\\.$\" b\\\"c d\"e\n}"))
                .containsExactly("<.> {a <say \"hi\"> <^\\d+\\.$> <b\\\"c> <d\"e>}");
    }

    @Test
    void backquotesAreOrdinaryLetters() {
        assertThat(outline(". {\n a `x y`\n}")).containsExactly("<.> {a <`x> <y`>}");
    }

    @Test
    void bracesInsideWordsAreOrdinaryLetters() {
        assertThat(outline(". {\n log . {remote}:{port} ^[a-z]{1,3}$\n}"))
                .containsExactly("<.> {log <.> <{remote}:{port}> <^[a-z]{1,3}$>}");
    }

    @Test
    void aBackslashContinuesItsLine() {
        assertThat(outline(". {\n forward . 192.0.2.1 \\\n 192.0.2.2 \\\r\n 192.0.2.3\n whoami\n}"))
                .containsExactly("<.> {forward <.> <192.0.2.1> <192.0.2.2> <192.0.2.3>; whoami}");
    }

    @Test
    void lineEndsOfOtherSystemsAndAByteOrderMarkAreNoPartOfWords() {
        assertThat(outline("\uFEFF.:53 {\r\n\twhoami\r\n\tlog . \r\n}\r\n"))
                .containsExactly("<.:53> {whoami; log <.>}");
    }

    @Test
    void variablesArePutInAnywhere() {
        assertThat(outline("{$ZONE} sub.{%ZONE%} {\n {$ZONE} x{$ZONE}y \"in {%ZONE%} quotes\"\n}"))
                .containsExactly(
                        "<example.org> <sub.example.org> {example.org <xexample.orgy> <in example.org quotes>}");
    }

    @Test
    void anUnknownVariableIsEmptyAndHasNoDefault() {
        assertThat(outline("{$NONE} . {\n a x{$NONE}y {%NONE%} {$ZONE:default}\n}"))
                .containsExactly("<.> {a <xy> <> <>}");
    }

    @Test
    void aVariablesValueIsOneWordAndIsNotReadAgain() {
        assertThat(outline(". {\n a {$TWO} {$BRACE} {$NESTED}\n}")).containsExactly("<.> {a <a b> <{> <{$ZONE}>}");
    }

    @Test
    void whatOnlyLooksLikeAVariableStays() {
        assertThat(outline(". {\n a {$} {%%} {$ZONE {%ZONE}\n}"))
                .containsExactly("<.> {a <{$}> <{%%}> <{$ZONE> <{%ZONE}>}");
    }

    @Test
    void wordsKnowWhereTheyStand() {
        Statement forward =
                read("# c\n. {\n  forward . \"a\nb\" c\n}").get(0).directives().get(0);
        assertThat(forward.keyword().place()).isEqualTo("Corefile:3:3");
        assertThat(forward.arguments())
                .extracting(Token::place)
                .containsExactly("Corefile:3:11", "Corefile:3:13", "Corefile:4:4");
    }

    @Test
    void anEmptyFileHasNoBlocks() {
        assertThat(outline("")).isEmpty();
        assertThat(outline("\n # nothing\n")).isEmpty();
    }
}
