package dev.waypost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.testing.Zones;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

class RecordSetTest {
    private static final Name WWW = Zones.name("www.example.org");
    private static final byte[] FIRST = {(byte) 192, 0, 2, 1};
    private static final byte[] SECOND = {(byte) 192, 0, 2, 2};

    private static RecordSet addresses(byte[]... rdata) {
        return RecordSet.ofRdata(WWW, Type.A, 30, List.of(rdata));
    }

    @Test
    void rdataIsCopiedInAndOut() {
        byte[] mine = FIRST.clone();
        RecordSet set = addresses(mine);
        mine[3] = 99;
        set.rdata(0)[3] = 98;
        assertThat(set.rdata(0)).isEqualTo(FIRST);
    }

    @Test
    void copyRdataWritesAtTheOffsetAndNowhereElse() {
        byte[] target = new byte[8];
        addresses(SECOND).copyRdata(0, target, 2);
        assertThat(target).containsExactly(0, 0, 192, 0, 2, 2, 0, 0);
    }

    @Test
    void recordsAndRdataSayTheSame() {
        Record mx = Record.newRecord(WWW, Type.MX, DClass.IN, 60, new byte[] {
            0, 10, 4, 'm', 'a', 'i', 'l', 7, 'e', 'x', 'a', 'm', 'p', 'l', 'e', 0
        });
        RecordSet set = RecordSet.of(mx);
        assertThat(set.records()).containsExactly(mx);
        assertThat(set.rdataLength(0)).isEqualTo(16);
        assertThat(set.rdata(0)).startsWith(0, 10, 4, 'm');
        assertThat(set).isEqualTo(RecordSet.ofRdata(WWW, Type.MX, 60, List.of(set.rdata(0))));
        assertThat(set).hasToString("www.example.org. 60 IN MX 10 mail.example.");
    }

    @Test
    void equalityPassesOverOrderAndLetterCase() {
        RecordSet other = RecordSet.ofRdata(Zones.name("WWW.example.ORG"), Type.A, 30, List.of(SECOND, FIRST));
        assertThat(addresses(FIRST, SECOND)).isEqualTo(other).hasSameHashCodeAs(other);
        assertThat(addresses(FIRST, SECOND)).isNotEqualTo(addresses(FIRST)).isNotEqualTo(other.withTtl(31));
        assertThat(addresses(FIRST, FIRST)).isNotEqualTo(addresses(FIRST, SECOND));
    }

    @Test
    void leastTtlOfTheRecordsCounts() { // RFC 2181 section 5.2
        Record longer = Record.newRecord(WWW, Type.A, DClass.IN, 60, FIRST);
        Record shorter = Record.newRecord(WWW, Type.A, DClass.IN, 30, SECOND);
        assertThat(RecordSet.of(longer, shorter).ttlSeconds()).isEqualTo(30);
    }

    @Test
    void orderChangesAndOwnerChangesMakeNewSets() {
        RecordSet set = addresses(FIRST, SECOND);
        assertThat(set.inOrder(1, 0).rdata(0)).isEqualTo(SECOND);
        assertThat(set.rdata(0)).isEqualTo(FIRST);
        assertThat(set.withOwner(Zones.name("other.example")).owner()).hasToString("other.example.");
        assertThat(set.withTtl(30)).isSameAs(set);
    }

    @Test
    void whatIsNoRrsetIsRefused() {
        Record a = Record.newRecord(WWW, Type.A, DClass.IN, 60, FIRST);
        Record elsewhere = Record.newRecord(Zones.name("other.example"), Type.A, DClass.IN, 60, FIRST);
        assertThatThrownBy(() -> RecordSet.of(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RecordSet.of(a, elsewhere)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RecordSet.ofRdata(WWW, Type.A, -1, List.of(FIRST)))
                .hasMessageContaining("found 4294967295");
        assertThatThrownBy(() -> RecordSet.ofRdata(Name.fromConstantString("relative"), Type.A, 1, List.of(FIRST)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RecordSet.ofRdata(WWW, Type.A, 1, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
