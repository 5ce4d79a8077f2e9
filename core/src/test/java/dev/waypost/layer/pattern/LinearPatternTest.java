package dev.waypost.layer.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinearPatternTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            ignoreLeadingAndTrailingWhitespace = true,
            value = {
                // expression ; text ; the match; empty for none
                "^www[.] ; www.example.org. ; www.",
                "example ; www.example.org. ; example",
                "^example ; www.example.org. ; ",
                "org[.]$ ; www.example.org. ; org.",
                "^org ; www.example.org. ; ",
                "a|ab ; xab ; a",
                "ab|a ; xab ; ab",
                "(a|ab)(c|bcd) ; abcd ; abcd",
                "a*?b ; aab ; aab",
                "a+? ; aaa ; a",
                "a??b ; ab ; ab",
                "a{2} ; baab ; aa",
                "a{2,}b{1,2} ; caaabbb ; aaabb",
                "a{2,3}? ; aaaa ; aa",
                "a{,2} ; xa{,2} ; a{,2}",
                "{a} ; x{a} ; {a}",
                "x{2 ; xx{2 ; x{2",
                "(?i)WWW ; www.example.org. ; www",
                "(?i:WWW)[.]ex ; www.example.org. ; www.ex",
                "(?i:w)W ; wWw ; wW",
                "(?i)[a-c]+ ; xABCd ; ABC",
                "(?i)a(?-i)b ; AbaB ; Ab",
                "(?U)a+ ; aaa ; a",
                "(?U)a+? ; aaa ; aaa",
                "[[:alpha:]]+ ; 12ab34 ; ab",
                "[^[:digit:]]+ ; 12ab34 ; ab",
                "[[:^digit:][:punct:]]+ ; 12a.b34 ; a.b",
                "[]a]+ ; x]a]y ; ]a]",
                "[^]a]+ ; ]xya ; xy",
                "[a[]+ ; b[a[c ; [a[",
                "[a&&b]+ ; x&b&y ; &b&",
                "[a-c-]+ ; x-b-y ; -b-",
                "[+--]+ ; a,-+b ; ,-+",
                "[\\]x]+ ; a]x] ; ]x]",
                "[\\d.]+ ; ab1.2 ; 1.2",
                "[\\x41-\\x{43}]+ ; abABCD ; ABC",
                "\\Qa.b\\E. ; axb a.bc ; a.bc",
                "\\Qa.b ; axb a.b ; a.b",
                "\\bb\\B ; ab bc ; b",
                "\\Aa\\z ; a ; a",
                "\\d+\\.\\w+\\S ; a1.b_c- ; 1.b_c-",
                "\\x2e\\056 ; a.. ; ..",
                "(?P<x_y>a)(?<z>b) ; cab ; ab",
                "(?s)a.c ; abc ; abc",
                ". ; \u00fc ; \u00fc",
            })
    void expressionsAreGos(String expression, String text, String match) {
        assertThat(LinearPattern.of(expression)
                        .find(text)
                        .map(found -> found.groups().get(0)))
                .isEqualTo(Optional.ofNullable(match));
    }

    @Test
    void linesAreTextsOnlyWhereToldSo() {
        assertThat(LinearPattern.of("^b$").find("a\nb\nc")).isEmpty();
        assertThat(LinearPattern.of("(?m)^b$").find("a\nb\nc")).isPresent();
        assertThat(LinearPattern.of("a.b").find("a\nb")).isEmpty();
        assertThat(LinearPattern.of("(?s)a.b").find("a\nb")).isPresent();
        assertThat(LinearPattern.of("a$").find("a\n")).isEmpty();
    }

    @Test
    void groupsHaveNumbersAndNames() {
        LinearPattern pattern = LinearPattern.of("(a)|(?P<other_one>b)(?:c)(d)?");
        assertThat(pattern.groupCount()).isEqualTo(3);
        LinearPattern.Match match = pattern.find("xbc").orElseThrow();
        assertThat(match.groups()).isEqualTo(List.of("bc", "", "b", ""));
        assertThat(match.named()).isEqualTo(Map.of("other_one", "b"));
    }

    @ParameterizedTest
    @CsvSource({
        "{1}.service.{2}.consul, ftp.service.us-west-1.consul",
        "{0}!, ftp-us-west-1!",
        "{3}{99}{1000}{x}, {3}{99}{1000}{x}"
    })
    void groupsAreExpanded(String template, String expanded) {
        LinearPattern.Match match =
                LinearPattern.of("(.*)-(us-west-1)").find("ftp-us-west-1").orElseThrow();
        assertThat(match.expand(template)).isEqualTo(expanded);
    }

    @Test
    void whatAClientPutsIntoAGroupIsNotExpandedAgain() {
        LinearPattern.Match match =
                LinearPattern.of("(.*)-(.*)").find("{2}$1-secret").orElseThrow();
        assertThat(match.expand("{1}")).isEqualTo("{2}$1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                ")",
                "a)",
                "[",
                "[a",
                "[a-",
                "[^",
                "[[:alfa:]]",
                "[z-a]",
                "[a-\\d]",
                "*a",
                "a|*",
                "a**",
                "a*+",
                "a{2}{3}",
                "a(?=b)",
                "(?!a)b",
                "(?P=x)",
                "(?P<1>a)",
                "(?P<x>a)(?P<x>b)",
                "\\",
                "\\8",
                "\\1",
                "\\p{Greek}",
                "\\y",
                "\\C",
                "a{2,1}",
                "a{1001}",
                "a{99999999999}",
                "\\x{110000}",
                "(?z)a",
                "(?:(?:a{100}){100}){100}"
            })
    void whatCannotBeReadIsRefused(String expression) {
        assertThatThrownBy(() -> LinearPattern.of(expression))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("a regular expression ");
    }

    @Test
    void expressionsAreBounded() {
        assertThat(LinearPattern.of("a".repeat(4_000)).find("b")).isEmpty();
        assertThatThrownBy(() -> LinearPattern.of("a".repeat(10_001)))
                .hasMessage("a regular expression wants at most 10000 letters");
        assertThatThrownBy(() -> LinearPattern.of("a".repeat(9_000))).hasMessageContaining("at most 5000 steps");
        assertThatThrownBy(() -> LinearPattern.of("(".repeat(300) + ")".repeat(300)))
                .hasMessageContaining("nested more than 200 deep");
        assertThat(LinearPattern.of("(?:(?:(?:a{0}){1000}){1000}){1000}").find("b"))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^(a+)+$",
                "^(a|aa)+$",
                "^(a*)*(a*)*b",
                "^(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)x$",
                "(a?){60}a{60}x",
                "(.*)-(.*)-(.*)-(.*)y",
                "(x+x+)+y"
            })
    void noExpressionTakesMoreThanItsLengthTimesTheTexts(String expression) {
        LinearPattern pattern = LinearPattern.of(expression);
        // Each of these keeps an engine that goes back busy for longer than any test waits.
        assertThat(pattern.find("a".repeat(1_000) + "-".repeat(1_000) + "!")).isEmpty();
        assertThat(pattern.find("x-".repeat(500) + "!")).isEmpty();
    }

    /** Java's engine chooses as Perl's and Go's do; expressions with empty repetitions aside, where they differ. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 20260801})
    void theJdksOwnExpressionsFindTheSame(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 3_000; i++) {
            String expression = expression(random, 3);
            LinearPattern linear = LinearPattern.of(expression);
            Pattern jdk = Pattern.compile(expression);
            for (int j = 0; j < 5; j++) {
                String text = text(random);
                Matcher matcher = jdk.matcher(text);
                Optional<LinearPattern.Match> found = linear.find(text);
                assertThat(found.isPresent())
                        .as("seed %d: %s in %s", seed, expression, text)
                        .isEqualTo(matcher.find());
                if (found.isPresent()) {
                    assertThat(found.get().groups())
                            .as("seed %d: %s in %s", seed, expression, text)
                            .isEqualTo(groups(matcher));
                }
            }
        }
    }

    private static List<String> groups(Matcher matcher) {
        return java.util.stream.IntStream.rangeClosed(0, matcher.groupCount())
                .mapToObj(matcher::group)
                .map(group -> group == null ? "" : group)
                .toList();
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(9); i > 0; i--) {
            text.append("abc.".charAt(random.nextInt(4)));
        }
        return text.toString();
    }

    private static String expression(Random random, int depth) {
        StringBuilder all = new StringBuilder();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            all.append(part(random, depth));
        }
        if (random.nextInt(4) == 0) {
            all.append('|').append(part(random, depth));
        }
        return all.toString();
    }

    private static String part(Random random, int depth) {
        if (depth > 0 && random.nextInt(3) == 0) {
            // A group is not repeated: its parts may match nothing, and engines differ about nothing again and again.
            return "(" + expression(random, depth - 1) + ")" + (random.nextInt(4) == 0 ? "?" : "");
        }
        String[] atoms = {"a", "b", "[ab]", "[^a]", ".", "c", "\\w", "[a-c]", "\\.", "(?:ab|a)"};
        String[] repetitions = {"", "", "", "*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{0,2}?", "{2,}"};
        String[] places = {"^", "$", "\\b", "\\B"};
        return random.nextInt(12) == 0
                ? places[random.nextInt(places.length)]
                : atoms[random.nextInt(atoms.length)] + repetitions[random.nextInt(repetitions.length)];
    }
}
