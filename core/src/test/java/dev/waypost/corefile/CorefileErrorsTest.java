package dev.waypost.corefile;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.ConfigurationException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/** Every way to be wrong, and the very words about it. */
class CorefileErrorsTest {
    static final List<Arguments> FAULTS = List.of(
            // braces
            Arguments.of(". {\n whoami\n", "Corefile:1:3: '{' is never closed"),
            Arguments.of(". {\n health {\n lameduck 5s\n", "Corefile:2:9: '{' is never closed"),
            Arguments.of(". {\n}\n}\n", "Corefile:3:1: found '}' without a '{' that it could close"),
            Arguments.of(".\nwhoami\n}\n", "Corefile:3:1: found '}' without a '{' that it could close"),
            Arguments.of("{\n whoami\n}", "Corefile:1:1: a server block wants a zone before '{'"),
            Arguments.of(
                    ". {\n {\n }\n}",
                    "Corefile:2:2: found '{', wanted a keyword; '{' stands at the end of its keyword's line"),
            Arguments.of(
                    ". {\n health\n {\n }\n}",
                    "Corefile:3:2: found '{', wanted a keyword; '{' stands at the end of its keyword's line"),
            Arguments.of(
                    ". {\n health {\n } whoami\n}", "Corefile:3:4: a new line is wanted after '}', found \"whoami\""),
            Arguments.of(". {\n" + "a {\n".repeat(33), "Corefile:34:3: '{' stands in 32 others; no more are allowed"),
            // words
            Arguments.of(". {\n a \"b\n c\n", "Corefile:2:4: '\"' is never closed"),
            Arguments.of("a.example, {\n}", "Corefile:1:10: a zone is wanted after ',', found '{'"),
            Arguments.of("a.example,", "Corefile:1:10: a zone is wanted after ',', found the end of the file"),
            Arguments.of("a.example,,b.example {\n}", "Corefile:1:11: a zone is wanted before ','"),
            Arguments.of(", a.example {\n}", "Corefile:1:1: a zone is wanted before ','"),
            Arguments.of("\"\" {\n}", "Corefile:1:1: a server block wants a zone, found \"\""),
            Arguments.of("{$NONE} {\n}", "Corefile:1:1: a server block wants a zone, found \"{$NONE}\""),
            Arguments.of(". {\n x " + "y".repeat(16_385), "Corefile:2:4: a word wants at most 16384 letters"),
            Arguments.of("0.0.0.0/1,".repeat(513) + "a.example", "Corefile:1:5121: more than 65536 zones"),
            // snippets and imports
            Arguments.of("(a)\n", "Corefile:1:1: a snippet wants '{' behind its name"),
            Arguments.of("(a) {\n whoami\n", "Corefile:1:5: '{' is never closed"),
            Arguments.of("() {\n}", "Corefile:1:1: a snippet wants a name between '(' and ')'"),
            Arguments.of("(a) {\n}\n(a) {\n}", "Corefile:3:1: snippet \"a\" is already defined at Corefile:1:1"),
            Arguments.of(
                    ". {\n import\n}", "Corefile:2:2: 'import' wants a snippet, a file or a pattern, found nothing"),
            Arguments.of(
                    ". {\n import \"\"\n}", "Corefile:2:9: 'import' wants a snippet, a file or a pattern, found \"\""),
            Arguments.of(". {\n import a b\n}", "Corefile:2:11: 'import' wants one argument, found \"b\" too"),
            Arguments.of(
                    ". {\n import nowhere\n}",
                    "Corefile:2:9: 'import' wants a snippet defined above or a file, found \"nowhere\":"
                            + " there is no snippet of this name and no file /nonexistent/nowhere"),
            Arguments.of(
                    ". {\n import */*\n}",
                    "Corefile:2:9: 'import' wants a pattern with one '*' or '?' and without '[', found \"*/*\""),
            Arguments.of(
                    "(a) {\n import a\n}\n. {\n import a\n}",
                    "Corefile:2:9: 'import' goes round in a circle: (a) -> (a)"),
            Arguments.of(
                    "(a) {\n import b\n}\n(b) {\n import a\n}\n. {\n import a\n}",
                    "Corefile:5:9: 'import' goes round in a circle: (a) -> (b) -> (a)"),
            Arguments.of("(a) {\n }\n b {\n}\n. {\n import a\n", "Corefile:5:3: '{' is never closed"),
            // directives
            Arguments.of(
                    ". {\n forwrd . 192.0.2.1\n}", "Corefile:2:2: unknown directive 'forwrd', did you mean 'forward'?"),
            Arguments.of(". {\n WhoAmI\n}", "Corefile:2:2: unknown directive 'WhoAmI', did you mean 'whoami'?"),
            Arguments.of(". {\n wholly-unknown\n}", "Corefile:2:2: unknown directive 'wholly-unknown'"),
            Arguments.of(". {\n \"\"\n}", "Corefile:2:2: unknown directive ''"),
            Arguments.of(
                    ". {\n geoip db\n}",
                    "Corefile:2:2: directive 'geoip' is not supported yet: no installed module has it"),
            Arguments.of(". {\n whoami{\n}\n}", "Corefile:2:8: a blank is wanted before '{'"),
            Arguments.of(
                    "a.example {\n whoami\n}\nb.example {\n nope-nope\n}",
                    "Corefile:5:2: unknown directive 'nope-nope'"),
            // keys
            Arguments.of(":53 {\n}", "Corefile:1:1: a server block wants a zone, found \":53\"; the root zone is '.'"),
            Arguments.of(".:dns {\n}", "Corefile:1:3: 'port' wants a number 0..65535, found \"dns\""),
            Arguments.of(".:65536 {\n}", "Corefile:1:3: 'port' wants a number 0..65535, found \"65536\""),
            Arguments.of(".: {\n}", "Corefile:1:3: 'port' wants a number 0..65535, found \"\""),
            Arguments.of(
                    "quic://. {\n}", "Corefile:1:1: scheme \"quic://\" is not supported yet, wanted dns:// or tls://"),
            Arguments.of(
                    "https://.:8443 {\n}",
                    "Corefile:1:1: scheme \"https://\" is not supported yet, wanted dns:// or tls://"),
            Arguments.of(
                    "grpc://. {\n}", "Corefile:1:1: scheme \"grpc://\" is not supported yet, wanted dns:// or tls://"),
            Arguments.of("udp://. {\n}", "Corefile:1:1: unknown scheme \"udp://\", wanted dns:// or tls://"),
            Arguments.of(
                    "10.0.0.0/33 {\n}",
                    "Corefile:1:1: an address block wants a prefix length 0..32, found \"10.0.0.0/33\""),
            Arguments.of(
                    "2001:db8::/129 {\n}",
                    "Corefile:1:1: an address block wants a prefix length 0..128, found \"2001:db8::/129\""),
            Arguments.of(
                    "10.0.0.0/x {\n}",
                    "Corefile:1:1: an address block wants a prefix length 0..32, found \"10.0.0.0/x\""),
            Arguments.of(
                    "\"a b.example\" {\n}",
                    "Corefile:1:1: a zone wants a domain name in ASCII (A-labels, RFC 5890) or an address block,"
                            + " found \"a b.example\""),
            Arguments.of(
                    "b\u00fccher.example {\n}",
                    "Corefile:1:1: a zone wants a domain name in ASCII (A-labels, RFC 5890) or an address block,"
                            + " found \"b\u00fccher.example\""),
            Arguments.of(
                    "a..example {\n}",
                    "Corefile:1:1: 'zone' wants a domain name ('a..example': invalid empty label), found \"a..example\""),
            Arguments.of(
                    ". {\n}\n.:53 {\n}",
                    "Corefile:3:1: zone . is already served at dns://:53 by Corefile:1:1;"
                            + " 'bind', a port or 'view' would tell them apart"),
            Arguments.of(
                    "example.org EXAMPLE.ORG. {\n}",
                    "Corefile:1:13: zone example.org. is already served at dns://:53 by Corefile:1:1;"
                            + " 'bind', a port or 'view' would tell them apart"),
            Arguments.of(
                    "10.0.0.0/24 {\n}\n0.0.10.in-addr.arpa {\n}",
                    "Corefile:3:1: zone 0.0.10.in-addr.arpa. is already served at dns://:53 by Corefile:1:1;"
                            + " 'bind', a port or 'view' would tell them apart"),
            Arguments.of("", "Corefile: wants at least one server block, found none"),
            Arguments.of("(a) {\n whoami\n}", "Corefile: wants at least one server block, found none"));

    @ParameterizedTest(name = "{1}")
    @FieldSource("FAULTS")
    void aFaultSaysWhereItIsWhatWasFoundAndWhatWasWanted(String text, String message) {
        CorefilePlanner planner = CorefilePlanner.of(
                        List.of(new NamedDirective("whoami"), new NamedDirective("forward")))
                .withEnvironment(name -> null);
        assertThatThrownBy(() -> planner.plan(text, "Corefile", Path.of("/nonexistent")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(message);
    }
}
