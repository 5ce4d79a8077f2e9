package dev.waypost.corefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BlockDigestTest {
    private static final String BLOCK = "example.org {\n  note one two\n}";

    /** The digests of all blocks that have the directive {@code note}. */
    private static List<CorefileDigest> digests(String corefile) {
        List<CorefileDigest> digests = new ArrayList<>();
        DirectiveFactory note = new DirectiveFactory() {
            @Override
            public String name() {
                return "note";
            }

            @Override
            public void configure(Statement directive, BlockContext block) {
                digests.add(block.digest());
            }
        };
        CorefilePlanner.of(List.of(note)).plan(corefile, "Corefile", Path.of("/corefiles"));
        return digests;
    }

    @Test
    void aBlockThatSaysTheSameHasTheSameDigestWhereverItStands() {
        assertThat(digests("example.net {\n  note\n}\n\n# moved\n" + BLOCK))
                .contains(digests(BLOCK).get(0));
    }

    @Test
    void otherWordsOrOtherZonesMakeAnotherDigest() {
        CorefileDigest digest = digests(BLOCK).get(0);
        assertThat(digests(BLOCK.replace("one two", "onetwo"))).doesNotContain(digest);
        assertThat(digests(BLOCK.replace("org", "net"))).doesNotContain(digest);
        assertThat(digests(BLOCK.replace("note one", "note one {\n    more\n  }\n  note")))
                .doesNotContain(digest);
    }
}
