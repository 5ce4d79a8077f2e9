package dev.waypost.layer.template;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.waypost.Query;
import dev.waypost.layer.pattern.LinearPattern;
import dev.waypost.testing.Zones;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.xbill.DNS.Type;

/** Templates of whatever octets: read or refused, and filled or a fault that says why. */
class TemplateTextFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void isReadOrRefused(byte[] octets) {
        Query query = Query.of(Zones.name("ip-1-2.example"), Type.A);
        TemplateRule rule = TemplateRule.builder(List.of(Zones.name("example"))).build();
        LinearPattern.Match match =
                LinearPattern.of("ip-(?P<a>.)-(.)").find("ip-1-2.example.").orElseThrow();
        try {
            TemplateText.of(new String(octets, StandardCharsets.UTF_8))
                    .filled(new TemplateData(query, rule, Zones.name("example"), match).value());
        } catch (IllegalArgumentException | TemplateFault refused) {
            // any other exception is a fault of the reader
        }
    }
}
