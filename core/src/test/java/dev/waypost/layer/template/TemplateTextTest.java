package dev.waypost.layer.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.Query;
import dev.waypost.layer.pattern.LinearPattern;
import dev.waypost.testing.Zones;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Type;

class TemplateTextTest {
    /** The data of {@code IP-10-0a.Example.}, an A query, matched by {@code ^ip-(?P<a>..)-(?P<b>..)[.]}. */
    private static String filled(String template) {
        Query query = Query.of(Zones.name("IP-10-0a.Example"), Type.A)
                .withMetadata(label -> label.equals("test/label") ? Optional.of("value") : Optional.empty());
        TemplateRule rule = TemplateRule.builder(List.of(Zones.name("example"))).build();
        LinearPattern.Match match = LinearPattern.of("^ip-(?P<a>..)-(?P<b>..)[.]")
                .find("ip-10-0a.example.")
                .orElseThrow();
        return TemplateText.of(template).filled(new TemplateData(query, rule, Zones.name("example"), match).value());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\u0001',
            value = {
                // data
                "{{ .Name }}|{{.Zone}}|{{ .Class }}|{{ .Type }}   ~ ip-10-0a.example.|example.|IN|A",
                "{{ .Question.Name }} {{ .Question.Qtype }} {{ .Question.Qclass }} ~ IP-10-0a.Example. 1 1",
                "{{ .Group.a }}.{{ .Group.b }}.{{ .Group.none }}. ~ 10.0a..",
                "{{ index .Match 0 }} {{ index .Match 2 }}        ~ ip-10-0a. 0a",
                "{{ index .Group \"a\" }}{{ index .Group \"2\" }} ~ 100a",
                "{{ .Remote }}                                    ~ 127.0.0.1",
                "{{ .Meta \"test/label\" }}.{{ .Meta `x/y` }}.    ~ value..",
                "{{ .Match }} {{ .Group }}                        ~ [ip-10-0a. 10 0a] map[0:ip-10-0a. 1:10 2:0a a:10 b:0a]",
                // functions
                "{{ parseInt .Group.b 16 8 }}                     ~ 10",
                "{{ .Group.b | printf \"%5s|\" }}                 ~ 0a|",
                "{{ printf \"%03d %x %X %o %b %c %+d %%\" 7 255 255 8 5 65 3 }} ~ 007 ff FF 10 101 A +3 %",
                "{{ printf \"%-4s|%q|%v|%t\" \"a\" \"b\" 1 true }} ~ a   |\"b\"|1|true",
                "{{ printf \"%05d\" -42 }}                        ~ -0042",
                "{{ len .Match }} {{ len .Name }} {{ len .Group }} ~ 3 17 5",
                "{{ slice .Name 3 5 }}{{ len (slice .Match 1) }}  ~ 102",
                "{{ print \"a\" 1 }} {{ println \"b\" 2 }}        ~ a1 b 2",
                "{{ eq .Type \"A\" }} {{ eq .Type \"B\" \"A\" }} {{ ne 1 1 }} {{ lt 1 2 }} {{ le 2 2 }} {{ gt \"b\" \"a\" }} {{ ge 1 2 }}"
                        + " ~ true true false true true true false",
                "{{ and 1 0 (index .Match 9) }} {{ or \"\" \"x\" }} {{ not 0 }} ~ 0 x true",
                "{{ 0x1F }} {{ 017 }} {{ 0b101 }} {{ -3 }} {{ 'a' }} ~ 31 15 5 -3 97",
                "{{ \"a\\tb\\\"\" }}                              ~ a\tb\"",
                "{{ true }} {{ nil }}                             ~ true <no value>",
                // control
                "{{ if eq .Type \"A\" }}yes{{ else }}no{{ end }}  ~ yes",
                "{{ if .Group.none }}a{{ else if .Group.a }}b{{ else }}c{{ end }} ~ b",
                "{{ if false }}a{{ else if false }}b{{ else }}c{{ end }}d ~ cd",
                "{{ with .Group }}{{ .a }}{{ $.Type }}{{ end }}   ~ 10A",
                "{{ with .Group.none }}a{{ else }}b{{ end }}      ~ b",
                "{{ with .Group.none }}a{{ else with .Group.a }}{{ . }}{{ end }} ~ 10",
                "{{ range .Match }}<{{ . }}>{{ end }}             ~ <ip-10-0a.><10><0a>",
                "{{ range $i, $m := .Match }}{{ $i }}{{ $m }};{{ end }} ~ 0ip-10-0a.;110;20a;",
                "{{ range $k, $v := .Group }}{{ $k }}{{ end }}    ~ 012ab",
                "{{ range $m := slice .Match 3 }}a{{ else }}none{{ end }} ~ none",
                "{{ $x := .Group.a }}{{ $x = printf \"%s!\" $x }}{{ $x }} ~ 10!",
                // blanks and comments
                "a {{- .Type -}} b                                ~ aAb",
                "a{{/* note */}}b                                 ~ ab",
                "a {{- /* note */ -}} b                           ~ ab",
                "{{ \"}}\" }}                                     ~ }}",
                "a } {{ \"{{\" }} b                               ~ a } {{ b",
            })
    void templatesAreFilledAsGoFillsThem(String template, String text) {
        assertThat(filled(template).strip()).isEqualTo(text.strip());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{",
                "{{ }}",
                "{{ .Name",
                "{{ if .Name }}",
                "{{ end }}",
                "{{ else }}",
                "{{ if .Name }}{{ else }}{{ else }}{{ end }}",
                "{{ range .Match }}",
                "{{ range $a, .Match }}{{ end }}",
                "{{ nope }}",
                "{{ nope .Name }}",
                "{{ (.Name }}",
                "{{ .Name) }}",
                "{{ \"a }}",
                "{{ # }}",
                "{{ .Name | }}",
                "{{ .Name | \"a\" }}",
                "{{ \"a\" \"b\" }}",
                "{{ \"\\z\" }}",
                "{{ 99999999999999999999 }}",
                "{{ if }}a{{ end }}",
                "{{ end .Name }}",
                "{{ define \"x\" }}",
                "{{ := 3 }}"
            })
    void whatCannotBeReadIsRefused(String template) {
        assertThatThrownBy(() -> TemplateText.of(template))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("a template is wanted (")
                .hasMessageEndingWith("found \"" + template + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ .Nope }}",
                "{{ .Name.Nope }}",
                "{{ .Question.Id }}",
                "{{ index .Match 3 }}",
                "{{ index .Match -1 }}",
                "{{ index .Match \"a\" }}",
                "{{ $x }}",
                "{{ parseInt \"g\" 16 8 }}",
                "{{ parseInt \"100\" 16 8 }}",
                "{{ parseInt \"-1\" 10 8 }}",
                "{{ parseInt \"+1\" 10 8 }}",
                "{{ parseInt \"1\" 10 }}",
                "{{ eq 1 \"1\" }}",
                "{{ slice .Name 5 3 }}",
                "{{ slice .Name 0 99 }}",
                "{{ len 5 }}",
                "{{ printf \"%d\" }}",
                "{{ printf \"a\" 1 }}",
                "{{ printf \"%d\" \"a\" }}",
                "{{ printf \"%s\" 1 }}",
                "{{ printf \"%999d\" 1 }}",
                "{{ .Meta }}{{ .Meta 1 2 }}",
                "{{ .Name \"x\" }}",
                "{{ range .Name }}{{ end }}",
                "{{ index .Name 99 }}"
            })
    void whatCannotBeFilledSaysSo(String template) {
        assertThatThrownBy(() -> filled(template)).isInstanceOf(TemplateFault.class);
    }

    @Test
    void workAndLengthAreBounded() {
        String loop = "{{ range .Group }}".repeat(8) + "x" + "{{ $x := 1 }}" + "{{ end }}".repeat(8);
        assertThatThrownBy(() -> filled(loop.replace(".Group", "$.Group")))
                .hasMessageContaining("more than 10000 steps");
        String doubling = "{{ $x := .Name }}" + "{{ $x = print $x $x }}".repeat(14) + "{{ $x }}";
        assertThatThrownBy(() -> filled(doubling)).hasMessageContaining("longer than 65536 letters");
        assertThatThrownBy(() -> TemplateText.of("{{ if 1 }}".repeat(60) + "{{ end }}".repeat(60)))
                .hasMessageContaining("nested more than 50 deep");
        assertThatThrownBy(() -> TemplateText.of("{{ " + "(".repeat(60) + "1" + ")".repeat(60) + " }}"))
                .hasMessageContaining("nested more than 50 deep");
    }
}
