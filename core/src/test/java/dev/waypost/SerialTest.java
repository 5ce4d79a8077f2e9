package dev.waypost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.testing.Zones;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Type;

@DisplayName("RFC 1982 section 3.2: serial number arithmetic")
class SerialTest {
    private static Serial serial(long value) {
        String soa = "@ 3600 SOA ns hostmaster " + value + " 7200 1800 86400 60";
        return Serial.of(Zones.zone("example.org", soa).soa());
    }

    @ParameterizedTest(name = "{0} comes behind {1}: {2}")
    @CsvSource({
        "2, 1, true",
        "1, 2, false",
        "7, 7, false",
        "0, 4294967295, true",
        "4294967295, 0, false",
        "2147483647, 0, true",
        "2147483648, 0, false",
        "0, 2147483648, false",
        "2147483649, 0, false",
        "0, 2147483649, true",
        "2024010101, 2023123199, true"
    })
    void comesBehind(long one, long other, boolean newer) {
        assertThat(serial(one).isNewerThan(serial(other))).isEqualTo(newer);
    }

    @Test
    void isReadAndWrittenUnsigned() {
        assertThat(serial(4294967295L)).hasToString("4294967295").isEqualTo(new Serial(-1));
    }

    @Test
    void standsInSoaRecordsOnly() {
        RecordSet text = RecordSet.ofRdata(Zones.name("example.org"), Type.TXT, 60, List.of(new byte[30]));
        assertThatThrownBy(() -> Serial.of(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
