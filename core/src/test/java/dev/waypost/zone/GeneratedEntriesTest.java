package dev.waypost.zone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.ConfigurationException;
import dev.waypost.testing.Zones;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Type;

/** Expected records are what BIND 9.18 makes of the same lines. */
@DisplayName("$GENERATE, as BIND has it")
class GeneratedEntriesTest {
    private static final String SOA = "$TTL 60\n@ SOA ns hostmaster 1 7200 1800 86400 60\n";

    private static List<String> records(String line) {
        StaticZone zone = ZoneFileReader.of(Zones.name("example.org")).read(SOA + line + "\n", "db.example");
        return zone.recordSets().stream()
                .filter(set -> set.type() != Type.SOA)
                .flatMap(set -> Zones.lines(set).stream())
                .sorted()
                .collect(Collectors.toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1-2 h$ A 192.0.2.$               | h1.example.org. 60 A 192.0.2.1 ; h2.example.org. 60 A 192.0.2.2",
                "1-5/2 h$ A 192.0.2.$             "
                        + "| h1.example.org. 60 A 192.0.2.1 ; h3.example.org. 60 A 192.0.2.3 ; h5.example.org. 60 A 192.0.2.5",
                "7-7 h$ 99 IN A 192.0.2.$         | h7.example.org. 99 A 192.0.2.7",
                "7-7 h$ IN 99 A 192.0.2.$         | h7.example.org. 99 A 192.0.2.7",
                "1-2 $ PTR p${100}                | 1.example.org. 60 PTR p101.example.org. ; 2.example.org. 60 PTR p102.example.org.",
                "0-0 h${10,3,d} A 192.0.2.$       | h010.example.org. 60 A 192.0.2.0",
                "0-0 h${10,3} A 192.0.2.$         | h010.example.org. 60 A 192.0.2.0",
                "0-0 neg${-5} A 192.0.2.$         | neg-5.example.org. 60 A 192.0.2.0",
                "1-1 a\\$$$-$ CNAME x-$           | a\\$\\$-1.example.org. 60 CNAME x-1.example.org.",
                "10-10 x${0,7,n}.r A 192.0.2.$    | xa.0.0.0.r.example.org. 60 A 192.0.2.10",
                "18-18 n${0,1,n}.${0,3,n} A 192.0.2.$ | n2.1.2.1.example.org. 60 A 192.0.2.18",
                "11-11 h.${0,3,N} A 192.0.2.$     | h.B.0.example.org. 60 A 192.0.2.11",
                "10-10 h-${-5,2,x}-${0,4,X}-${1,0,o} A 192.0.2.$ | h-05-000A-13.example.org. 60 A 192.0.2.10",
                "1-1 q$ ( A ) 192.0.2.9 ; comment | q1.example.org. 60 A 192.0.2.9",
                "1-2 same TXT $                   | same.example.org. 60 TXT 1 ; same.example.org. 60 TXT 2",
            })
    void entriesAreMade(String directive, String wanted) {
        assertThat(records("$GENERATE " + directive)).containsExactly(wanted.split(" ; "));
    }

    @Test
    void ownerBeforeItGoesOnBehindIt() {
        assertThat(records("www A 192.0.2.1\n$GENERATE 1-2 h$ A 192.0.2.9\n  TXT here"))
                .contains("www.example.org. 60 TXT here");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                        | 3:1: $GENERATE wants a range, an owner, a type and RDATA",
                "1-2 h$                  | 3:15: $GENERATE wants a range, an owner, a type and RDATA",
                "1 h$ A 192.0.2.1        | 3:11: $GENERATE wants a range as 1-9 or 1-9/2, found \"1\"",
                "-1-2 h$ A 192.0.2.1     | 3:11: $GENERATE wants a range as 1-9",
                "0x1-2 h$ A 192.0.2.1    | 3:11: $GENERATE wants a range as 1-9",
                "3-1 h$ A 192.0.2.1      | 3:11: $GENERATE wants a range upwards",
                "1-2/0 h$ A 192.0.2.1    | 3:11: $GENERATE wants a range upwards",
                "1-4294967296 h$ A 192.0.2.1 | 3:11: $GENERATE wants a range upwards",
                "0-65536 h$ A 192.0.2.1  | 3:11: $GENERATE wants at most 65536 numbers, found \"0-65536\"",
                "1-2 h${0,2,d A 192.0.2.1 | 3:15: '${' wants an offset, a width, a base",
                "1-2 h${x} A 192.0.2.1   | 3:15: '${' wants an offset",
                "1-2 h${} A 192.0.2.1    | 3:15: '${' wants an offset",
                "1-2 h${0,2,q} A 192.0.2.1 | 3:15: '${' wants an offset",
                "1-2 h${0,300} A 192.0.2.1 | 3:15: '${' wants a width of at most 255",
                "1-2 h${-9,2,x} A 192.0.2.1 | 3:15: '${' wants a width of at most 255 and a number that is not negative",
                "255-256 h$ A 192.0.2.$  | 3:24: A wants RDATA of its form, found \"192.0.2.256\"",
                "1-2 h$ CH A 192.0.2.1   | 3:18: a zone wants records of class IN",
                "1-2 h CNAME x$          | 3: a name wants one CNAME",
            })
    void unusableOnesAreRefusedWithTheirPlace(String directive, String fault) {
        String line = "$GENERATE " + (directive == null ? "" : directive);
        assertThatThrownBy(() -> records(line))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("db.example:" + fault);
    }

    @Test
    void entriesOfAZoneAreBoundedInAll() {
        ZoneReading reading = new ZoneReading(new ZoneContents(Zones.name("example.org"), "db.example"), null);
        ZoneFileWord directive = new ZoneFileWord("$GENERATE", false, "db.example", 7, 1);
        for (int i = 0; i < 15; i++) {
            reading.generate(directive, GeneratedEntries.MOST);
        }
        assertThatThrownBy(() -> reading.generate(directive, GeneratedEntries.MOST))
                .hasMessageStartingWith("db.example:7:1: $GENERATE wants to make at most 1000000 entries of a zone");
    }
}
