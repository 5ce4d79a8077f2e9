package dev.waypost.zone;

import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.RecordSet;
import dev.waypost.Serial;
import dev.waypost.testing.ChangingSourceContract;
import dev.waypost.testing.TransferableSourceContract;
import dev.waypost.testing.Zones;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

class ReloadableZoneTest implements ChangingSourceContract, TransferableSourceContract {
    private static final Name WWW = Zones.name("www.example.org");

    private final ReloadableZone zone = new ReloadableZone(Zones.name("example.org"));

    ReloadableZoneTest() {
        zone.publish(Zones.zone("example.org", "www A 192.0.2.1"));
    }

    @Override
    public TransferableSource source() {
        return zone;
    }

    @Override
    public Name presentName() {
        return WWW;
    }

    @Override
    public int presentType() {
        return Type.A;
    }

    @Override
    public Name absentName() {
        return Zones.name("absent.example.org");
    }

    @Override
    public void changePresent() {
        zone.publish(Zones.zone("example.org", "www A 192.0.2.2"));
    }

    @Override
    public void addAbsent() {
        zone.publish(Zones.zone("example.org", "www A 192.0.2.1", "absent A 192.0.2.3"));
    }

    @Test
    void zoneThatWasNeverLoadedIsNotReady() {
        ReloadableZone empty = new ReloadableZone(Zones.name("example.org"));
        assertThat(empty.isLoaded()).isFalse();
        assertThat(empty.find(WWW, Type.A)).isNotReady().holdsNoMore();
        assertThat(empty.transfer()).isEmpty();
        assertThatThrownBy(empty::soa).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void transferUnderWayGoesOnWithItsOwnZone() {
        ZoneTransfer transfer = zone.transfer().orElseThrow();
        Iterator<RecordSet> sets = transfer.sets().iterator();
        sets.next();
        zone.publish(Zones.zone("example.org", "other TXT new", "@ 3600 SOA ns hostmaster 2 7200 1800 86400 60"));
        sets.next();
        assertThat(sets.hasNext()).isFalse();
        assertThat(transfer.serial()).isEqualTo(new Serial(1));
        assertThat(transfer.sets()).extracting(RecordSet::owner).contains(WWW);
        assertThat(zone.transfer().orElseThrow().serial()).isEqualTo(new Serial(2));
    }

    @Test
    void withdrawnZoneIsNotReadyUntilAnotherIsPublished() {
        Finding before = zone.find(WWW, Type.A);
        zone.withdraw("zone example.org. expired");
        assertThat(before).holdsNoMore();
        assertThat(zone.find(WWW, Type.A)).isNotReady();
        assertThat(zone.transfer()).isEmpty();
        assertThat(zone.isLoaded()).isFalse();
        zone.publish(Zones.zone("example.org", "www A 192.0.2.2"));
        assertThat(zone.find(WWW, Type.A))
                .found("www.example.org. 300 A 192.0.2.2")
                .holds();
    }

    @Test
    void zoneThatComesBackHoldsAgain() {
        StaticZone one = Zones.zone("example.org", "www A 192.0.2.1");
        StaticZone two = Zones.zone("example.org", "www A 192.0.2.2");
        zone.publish(one);
        zone.publish(two);
        zone.publish(one);
        assertThat(zone.find(WWW, Type.A))
                .found("www.example.org. 300 A 192.0.2.1")
                .holds();
        zone.publish(two);
        assertThat(zone.find(WWW, Type.A))
                .found("www.example.org. 300 A 192.0.2.2")
                .holds();
    }

    @Test
    void publishingTheSameZoneAgainEndsNothing() {
        StaticZone one = Zones.zone("example.org", "www A 192.0.2.1");
        zone.publish(one);
        Finding before = zone.find(WWW, Type.A);
        zone.publish(one);
        assertThat(before).holds();
    }

    @Test
    void otherOriginIsRefused() {
        assertThatThrownBy(() -> zone.publish(Zones.zone("example.net", "www A 192.0.2.1")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whoeverSeesABrokenWitnessFindsTheNewData() throws InterruptedException {
        AtomicBoolean stale = new AtomicBoolean();
        AtomicBoolean done = new AtomicBoolean();
        Thread reader = new Thread(() -> {
            while (!done.get()) {
                Finding seen = zone.find(WWW, Type.A);
                if (!seen.freshness().holdsAt(0) && zone.find(WWW, Type.A) == seen) {
                    stale.set(true);
                }
            }
        });
        reader.start();
        for (int i = 1; i < 500; i++) {
            zone.publish(Zones.zone("example.org", "www A 192.0.2." + i % 250));
        }
        done.set(true);
        reader.join();
        assertThat(stale).isFalse();
    }
}
