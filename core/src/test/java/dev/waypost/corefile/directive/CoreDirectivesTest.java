package dev.waypost.corefile.directive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.ConfigurationException;
import dev.waypost.ListenPoint;
import dev.waypost.corefile.CorefilePlanner;
import dev.waypost.corefile.ReloadSettings;
import dev.waypost.engine.EnginePlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class CoreDirectivesTest {
    static final List<Arguments> FAULTS = List.of(
            Arguments.of("bind", "2:1: 'bind' wants an address or an interface, found nothing"),
            Arguments.of("bind \"\"", "2:6: 'bind' wants an address or an interface, found \"\""),
            Arguments.of("bind lo {\n except 192.0.2.1\n}", "3:2: option 'except' of 'bind' is not supported yet"),
            Arguments.of("bind lo {\n never\n}", "3:2: 'bind' has no option 'never'"),
            Arguments.of("errors x", "2:8: 'errors' wants no argument, found \"x\""),
            Arguments.of("errors {\n stacktrace x\n}", "3:13: 'stacktrace' wants no argument, found \"x\""),
            Arguments.of(
                    "errors {\n consolidate 5m\n}",
                    "3:2: 'consolidate' wants DURATION REGEX [LEVEL] [show_first], found 1 arguments"),
            Arguments.of("errors {\n consolidate 0 x\n}", "3:14: 'consolidate' wants a duration above 0, found \"0\""),
            Arguments.of(
                    "errors {\n consolidate 5m (\n}",
                    "3:17: a regular expression is wanted ('(' is never closed, letter 2), found \"(\""),
            Arguments.of(
                    "errors {\n consolidate 5m x loud\n}",
                    "3:19: 'consolidate' wants error, warning, info, debug or show_first, found \"loud\""),
            Arguments.of(
                    "errors {\n consolidate 5m x info info\n}", "3:24: 'consolidate' wants show_first, found \"info\""),
            Arguments.of("cancel 0s", "2:8: 'cancel' wants a duration above 0, found \"0s\""),
            Arguments.of("cancel soon", "2:8: 'cancel' wants a duration as 5s or 1m30s, found \"soon\""),
            Arguments.of("cancel 1s 2s", "2:11: 'cancel' wants a duration, found 2 arguments"),
            Arguments.of("debug x", "2:7: 'debug' wants no argument, found \"x\""),
            Arguments.of("dns64 x", "2:7: an address, or an address block as 192.0.2.0/24, is wanted, found \"x\""),
            Arguments.of(
                    "dns64 64:ff9b::/95",
                    "2:7: a DNS64 prefix wants an IPv6 block of [32, 40, 48, 56, 64, 96] bits"
                            + " (RFC 6052 section 2.2), found 64:ff9b:0:0:0:0:0:0/95"),
            Arguments.of("dns64 {\n prefix\n}", "3:2: 'prefix' wants a prefix, found 0 arguments"),
            Arguments.of("dns64 {\n translate\n}", "3:2: 'dns64' has no option 'translate'"),
            Arguments.of("errors {\n x\n}", "3:2: 'errors' has no option 'x'"),
            Arguments.of("log . {nothing}", "2:7: 'log' has no field {nothing}"),
            Arguments.of("log {\n class\n}", "3:2: 'class' wants success, denial, error or all, found nothing"),
            Arguments.of("log {\n class x\n}", "3:8: 'class' wants success, denial, error or all, found \"x\""),
            Arguments.of("log {\n clas error\n}", "3:2: 'log' has no option 'clas'"),
            Arguments.of("reload 1s", "2:8: 'reload interval' wants 2s or more, found \"1s\""),
            Arguments.of("reload soon", "2:8: 'reload interval' wants a duration as 5s or 1m30s, found \"soon\""),
            Arguments.of("reload 10s 500ms", "2:12: 'reload jitter' wants 0, or 1s or more, found \"500ms\""),
            Arguments.of("reload 10s 1s 1s", "2:15: 'reload' wants an interval and a jitter and no more, found \"1s\""),
            Arguments.of("reload {\n x\n}", "3:2: 'reload' wants no block, found \"x\""),
            Arguments.of("root", "2:1: 'root' wants a folder, found 0 arguments"),
            Arguments.of("file", "2:1: 'file' wants a zone file, found nothing"),
            Arguments.of("file db {\n x\n}", "3:2: 'file' has no option 'x'"),
            Arguments.of("file db {\n reload x\n}", "3:9: 'reload' wants a duration as 5s or 1m30s, found \"x\""),
            Arguments.of("whoami x", "2:8: 'whoami' wants no argument, found \"x\""),
            Arguments.of(
                    "loadbalance random", "2:13: 'loadbalance' wants round_robin or weighted FILE, found \"random\""),
            Arguments.of(
                    "loadbalance round_robin x",
                    "2:25: 'loadbalance' wants round_robin or weighted FILE and no more, found \"x\""),
            Arguments.of("loadbalance weighted", "2:13: 'weighted' wants a file, found nothing"),
            Arguments.of("loadbalance {\n prefer\n}", "3:2: 'prefer' wants an address block, found nothing"),
            Arguments.of(
                    "loadbalance {\n prefer x\n}",
                    "3:9: an address, or an address block as 192.0.2.0/24, is wanted, found \"x\""),
            Arguments.of("loadbalance {\n reload 5s\n}", "3:2: 'reload' wants the policy weighted, found round_robin"),
            Arguments.of(
                    "loadbalance weighted w {\n prefer 10.0.0.0/8\n}",
                    "2:1: 'prefer' wants the policy round_robin, found weighted"),
            Arguments.of("hosts h {\n ttl 0\n}", "3:6: 'ttl' wants a number 1..65535, found \"0\""),
            Arguments.of("hosts h {\n www 192.0.2.1\n}", "3:2: 'hosts' has no option 'www'"),
            Arguments.of("hosts h {\n 192.0.2.1\n}", "3:2: '192.0.2.1' wants a host name, found nothing"),
            Arguments.of("hosts h {\n 192.0.2.1 \"a b\"\n}", "3:12: '192.0.2.1' wants a host name, found \"a b\""),
            Arguments.of(
                    "hosts h {\n fallthrough_unsupported x\n}",
                    "3:26: 'fallthrough_unsupported' wants no argument, found \"x\""),
            Arguments.of("acl {\n permit\n}", "3:2: 'acl' has no option 'permit'"),
            Arguments.of("acl {\n block 192.0.2.1\n}", "3:8: 'block' wants type or net, found \"192.0.2.1\""),
            Arguments.of("acl {\n block type\n}", "3:8: 'type' wants at least one word behind it, found nothing"),
            Arguments.of("acl {\n block type A net\n}", "3:15: 'net' wants at least one word behind it, found nothing"),
            Arguments.of(
                    "acl {\n block type A6X\n}", "3:13: 'type' wants a record type as A or TYPE65280, found \"A6X\""),
            Arguments.of(
                    "acl {\n drop net 192.0.2.0/33\n}", "3:11: an address block wants a prefix length 0..32, found 33"),
            Arguments.of(
                    "acl {\n drop net * lo\n}",
                    "3:13: an address, or an address block as 192.0.2.0/24, is wanted, found \"lo\""),
            Arguments.of("any x", "2:5: 'any' wants no argument, found \"x\""),
            Arguments.of("minimal {\n x\n}", "3:2: 'minimal' wants no block, found \"x\""),
            Arguments.of("bufsize 511", "2:9: 'bufsize' wants a number 512..4096, found \"511\""),
            Arguments.of("bufsize 600 600", "2:13: 'bufsize' wants a size in octets, found 2 arguments"),
            Arguments.of("nsid \"\"", "2:1: 'nsid': a name server identifier wants 1..255 octets, found 0"),
            Arguments.of("nsid x {\n x\n}", "3:2: 'nsid' wants no block, found \"x\""),
            Arguments.of("chaos v {\n x\n}", "3:2: 'chaos' wants no block, found \"x\""),
            Arguments.of("header", "2:1: 'header' wants at least one rule, found nothing"),
            Arguments.of("header {\n answer set aa\n}", "3:2: 'header' has no option 'answer'"),
            Arguments.of("header {\n response\n}", "3:2: 'response' wants set or clear, found nothing"),
            Arguments.of("header {\n response aa\n}", "3:11: 'header' wants set or clear, found \"aa\""),
            Arguments.of("header {\n query set\n}", "3:8: 'set' wants a flag, found nothing"),
            Arguments.of("header {\n clear tc\n}", "3:8: 'header' wants aa, ra or rd, found \"tc\""),
            Arguments.of("local x", "2:7: 'local' wants no argument, found \"x\""),
            Arguments.of("local {\n x\n}", "3:2: 'local' has no option 'x'"),
            Arguments.of(
                    "local {\n localhost_prefix maybe\n}", "3:19: 'localhost_prefix' wants on or off, found \"maybe\""),
            Arguments.of("metadata {\n x\n}", "3:2: 'metadata' wants no block, found \"x\""),
            Arguments.of("geoip", "2:1: directive 'geoip' is not supported yet: no installed module has it"));

    private static EnginePlan plan(String directives) {
        return CorefilePlanner.installed()
                .plan("example.org {\n" + directives + "\n}", "Corefile", Path.of("/nonexistent"));
    }

    @ParameterizedTest(name = "{1}")
    @FieldSource("FAULTS")
    void anOptionThatIsNotUnderstoodIsRefusedInItsPlace(String directives, String message) {
        assertThatThrownBy(() -> plan(directives))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("Corefile:" + message);
    }

    @Test
    void bindListensOnWhatItNames() {
        assertThat(plan("bind 192.0.2.1 eth0\nbind ::1").listenPoints())
                .extracting(ListenPoint::host)
                .containsExactly("192.0.2.1", "eth0", "::1");
    }

    @ParameterizedTest
    @CsvSource({
        "reload,         PT30S, PT15S",
        "reload 10s,     PT10S, PT5S",
        "reload 2s 1s,   PT2S,  PT1S",
        "reload 1m 0,    PT1M,  PT0S",
        "reload 1m 45s,  PT1M,  PT30S",
        "reload 1h 10m,  PT1H,  PT10M",
    })
    void reloadKeepsCoreDnsBounds(String directive, Duration interval, Duration jitter) {
        assertThat(plan(directive).attachments(ReloadSettings.class))
                .containsExactly(new ReloadSettings(interval, jitter));
    }
}
