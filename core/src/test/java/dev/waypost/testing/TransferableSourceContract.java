package dev.waypost.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.RecordSet;
import dev.waypost.zone.TransferableSource;
import dev.waypost.zone.ZoneTransfer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** What a record source keeps besides when its whole contents can be transferred. */
public interface TransferableSourceContract extends RecordSourceContract {
    @Override
    TransferableSource source();

    @Test
    default void transferTellsTheSoaByItselfAndNotAmongTheSets() {
        assertThat(transfer().soa()).isEqualTo(source().soa());
        assertThat(transfer().sets()).extracting(RecordSet::type).doesNotContain(Type.SOA);
    }

    @Test
    default void transferTellsWhatQuestionsFind() {
        assertThat(transfer().sets()).anyMatch(set -> set.owner().equals(presentName()) && set.type() == presentType());
    }

    @Test
    default void transferTellsEachOwnerAndTypeOnceAndAllInTheZone() {
        Set<List<Object>> told = new HashSet<>();
        for (RecordSet set : transfer().sets()) {
            Name owner = set.owner();
            assertThat(owner.subdomain(source().origin())).as("%s", owner).isTrue();
            assertThat(told.add(List.of(owner, set.type())))
                    .as("%s %s", owner, Type.string(set.type()))
                    .isTrue();
        }
    }

    @Test
    default void transferIsTheSameEachTimeItIsRead() {
        ZoneTransfer transfer = transfer();
        List<RecordSet> first = new ArrayList<>();
        transfer.sets().forEach(first::add);
        assertThat(transfer.sets()).containsExactlyElementsOf(first);
    }

    private ZoneTransfer transfer() {
        return source().transfer().orElseThrow();
    }
}
