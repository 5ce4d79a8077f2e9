package dev.waypost.corefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.waypost.ConfigurationException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Corefiles changed at random: whatever they hold, they are planned or refused with a place. */
class CorefileMutationTest {
    private static final int MUTANTS = 4_000;
    private static final String[] PIECES = {
        "{",
        "}",
        "\"",
        "\\\"",
        "\\\n",
        "#",
        "\n",
        "\r\n",
        ",",
        ":",
        "/",
        "(",
        ")",
        "import ",
        "import a\n",
        "(a) {\n",
        "{$",
        "{%",
        "%}",
        "://",
        "tls://",
        "10.0.0.0/9 ",
        "::/1",
        ".",
        "*",
        "\0",
        "\uFEFF",
        "\uD800",
        "99999999999",
        "file ",
        "log ",
        "reload 1s\n",
        "bind ",
        "class ",
        "root ",
        "hosts "
    };
    private static final List<String> SEEDS = List.of(
            Corefiles.KUBERNETES,
            Corefiles.NODE_LOCAL,
            "(a) {\n errors\n}\n(b) {\n import a\n log . {common} {\n class denial error\n }\n}\n"
                    + "example.org, 10.0.0.0/15 {\n import b\n bind 127.0.0.1 lo\n root /tmp\n reload 10s 2s\n}\n",
            ".:53\nerrors\nlog example.org \"{remote} {>id}\" {\n class all\n}\nreload\n");

    private final CorefilePlanner planner = CorefilePlanner.of(java.util.stream.Stream.concat(
                            java.util.ServiceLoader.load(DirectiveFactory.class).stream()
                                    .map(java.util.ServiceLoader.Provider::get),
                            java.util.stream.Stream.of(
                                    new NamedDirective("health"),
                                    new NamedDirective("ready"),
                                    new NamedDirective("kubernetes"),
                                    new NamedDirective("prometheus"),
                                    new NamedDirective("forward"),
                                    new NamedDirective("cache"),
                                    new NamedDirective("loop")))
                    .toList())
            .withEnvironment(name -> name.length() > 3 ? null : name);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 20260801})
    void onlyAConfigurationExceptionComesOut(long seed) {
        Random random = new Random(seed);
        int planned = 0;
        for (int i = 0; i < MUTANTS; i++) {
            String mutant = mutant(random);
            try {
                planner.plan(mutant, "Corefile", Path.of("/nonexistent"));
                planned++;
            } catch (ConfigurationException refused) {
                assertThat(refused.getMessage()).contains(": ");
            } catch (RuntimeException | StackOverflowError other) {
                fail("seed " + seed + ", mutant " + i + ":\n" + mutant, other);
            }
        }
        assertThat(planned).as("some mutants still mean something, some do not").isBetween(1, MUTANTS - 1);
    }

    private static String mutant(Random random) {
        StringBuilder text = new StringBuilder(SEEDS.get(random.nextInt(SEEDS.size())));
        int changes = 1 + random.nextInt(6);
        for (int i = 0; i < changes && text.length() > 0; i++) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(5)) {
                case 0 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
                case 1 -> text.deleteCharAt(at);
                case 2 -> text.setCharAt(at, (char) random.nextInt(0x250));
                case 3 -> text.delete(at, Math.min(text.length(), at + random.nextInt(40)));
                default -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(80))));
            }
        }
        return text.toString();
    }
}
