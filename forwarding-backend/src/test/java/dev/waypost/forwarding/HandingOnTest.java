package dev.waypost.forwarding;

import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.corefile.CorefilePlanner;
import dev.waypost.engine.DnsEngine;
import dev.waypost.forwarding.testing.Questions;
import dev.waypost.forwarding.testing.Replies;
import dev.waypost.forwarding.testing.ScriptedUpstream;
import dev.waypost.testing.FakeTicker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Rcode;

@DisplayName("next and next_on_nodata: an answer is left to the forwarder behind")
class HandingOnTest {
    private static final String NAME = "www.example.";
    private static final String ANSWER = "www.example. 300 A 192.0.2.1";

    @TempDir
    private Path folder;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final ScriptedUpstream first = opened(ScriptedUpstream.running(Replies.refusing(Rcode.NXDOMAIN)));
    private final ScriptedUpstream second = opened(ScriptedUpstream.running(Replies.answering(ANSWER)));

    private <T extends AutoCloseable> T opened(T resource) {
        opened.add(resource);
        return resource;
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    private DnsEngine engine(String from, String option, String behind) {
        String text = ". {\n" + Corefiles.forward(first, option) + "forward " + from + " "
                + AddressLiteral.format(second.address()) + "\n" + behind + "}\n";
        DnsEngine engine = opened(DnsEngine.of(
                CorefilePlanner.installed().withTicker(new FakeTicker()).plan(text, "Corefile", folder)));
        return engine.start();
    }

    @Test
    void wantedRcodeIsLeftToTheNext() {
        assertThat(engine(".", "next NXDOMAIN", "").resolve(Questions.a(NAME))).answers(ANSWER);
        assertThat(first.received()).hasSize(1);
    }

    @Test
    void otherRcodesStand() {
        assertThat(engine(".", "next SERVFAIL", "").resolve(Questions.a(NAME))).hasRcode(Rcode.NXDOMAIN);
        assertThat(second.received()).isEmpty();
    }

    @Test
    void noDataIsLeftToTheNextWhereThatIsWanted() {
        first.udp(Replies.refusing(Rcode.NOERROR));
        assertThat(engine(".", "next_on_nodata", "").resolve(Questions.a(NAME))).answers(ANSWER);
        assertThat(engine(".", "next NXDOMAIN", "").resolve(Questions.a(NAME)))
                .hasRcode(Rcode.NOERROR)
                .hasAnswer();
    }

    @Test
    void whatTheNextDoesNotCoverStands() {
        assertThat(engine("example.org", "next NXDOMAIN", "").resolve(Questions.a(NAME)))
                .hasRcode(Rcode.NXDOMAIN);
    }

    @Test
    void lastForwarderKeepsItsAnswerWhateverStandsBehindIt() {
        assertThat(engine("example.org", "next NXDOMAIN", "whoami\n").resolve(Questions.a(NAME)))
                .hasRcode(Rcode.NXDOMAIN);
    }

    @Test
    void failureOfTheFirstIsLeftToTheNextToo() {
        first.udp(Replies.refusing(Rcode.SERVFAIL));
        assertThat(engine(".", "next SERVFAIL REFUSED", "").resolve(Questions.a(NAME)))
                .answers(ANSWER);
    }
}
