package dev.waypost.kubernetes.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.RecordSet;
import dev.waypost.testing.Zones;
import dev.waypost.zone.Finding;
import dev.waypost.zone.RecordSource;
import dev.waypost.zone.ZoneBackend;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * Questions to a backend's zones and what they find, one a line, to be compared as text.
 *
 * <pre>
 *   web.shop.svc.cluster.local. A = 192.0.2.10
 *   web.shop.svc.cluster.local. SRV = 0 100 80 web.shop.svc.cluster.local. + web.shop.svc.cluster.local. A 192.0.2.10
 *   web.shop.svc.cluster.local. MX = NODATA
 *   partner.shop.svc.cluster.local. A = ALIAS api.partner.example.
 * </pre>
 *
 * Records of one line are in the order of their text; {@code +} begins an additional record.
 */
public final class Transcript {
    private static final String IS = " = ";

    private Transcript() {}

    /** Asks the questions of an expected transcript, and compares. */
    public static void check(ZoneBackend backend, String expected) {
        check(backend, expected, answer -> answer);
    }

    private static void check(ZoneBackend backend, String expected, UnaryOperator<String> shown) {
        String actual = expected.lines()
                .filter(line -> !line.isBlank())
                .map(line -> line.substring(0, line.indexOf(IS)).strip())
                .map(question -> question + IS + shown.apply(answer(backend, question)))
                .collect(Collectors.joining("\n"));
        assertThat(actual).isEqualTo(expected.strip());
    }

    private static String answer(ZoneBackend backend, String question) {
        String[] words = question.split(" +");
        return text(find(backend, Zones.name(words[0]), type(words[1])));
    }

    /** The same without additional records. */
    public static void checkAnswers(ZoneBackend backend, String expected) {
        check(backend, expected, answer -> answer.replaceFirst(" \\+ .*", ""));
    }

    private static int type(String text) {
        return text.equals("HTTPS") ? 65 : Type.value(text, true);
    }

    /** What the nearest zone finds. */
    public static Finding find(ZoneBackend backend, Name qname, int qtype) {
        RecordSource nearest = backend.zones().stream()
                .filter(zone -> qname.subdomain(zone.origin()))
                .max(Comparator.comparingInt(zone -> zone.origin().labels()))
                .orElseThrow(() -> new AssertionError("no zone for " + qname));
        return nearest.find(qname, qtype);
    }

    private static String text(Finding finding) {
        if (finding instanceof Finding.Found found) {
            List<String> additional = new ArrayList<>();
            found.additional()
                    .forEach(set -> rdata(set)
                            .forEach(each ->
                                    additional.add(" + " + set.owner() + " " + Type.string(set.type()) + " " + each)));
            return rdata(found.set()).stream().sorted().collect(Collectors.joining(" | "))
                    + additional.stream().sorted().collect(Collectors.joining());
        }
        if (finding instanceof Finding.Alias alias) {
            return "ALIAS " + alias.target();
        }
        if (finding instanceof Finding.NoData) {
            return "NODATA";
        }
        return finding instanceof Finding.NxDomain ? "NXDOMAIN" : "NOT READY";
    }

    private static List<String> rdata(RecordSet set) {
        String head = set.owner() + " " + set.ttlSeconds() + " " + Type.string(set.type()) + " ";
        return Zones.lines(set).stream()
                .map(line -> line.substring(head.length()))
                .toList();
    }
}
