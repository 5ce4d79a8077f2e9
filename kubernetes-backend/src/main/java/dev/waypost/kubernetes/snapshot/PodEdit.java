package dev.waypost.kubernetes.snapshot;

import dev.waypost.kubernetes.model.IpAddress;
import dev.waypost.kubernetes.model.ObjectKey;
import dev.waypost.kubernetes.model.Pod;
import dev.waypost.zone.Witness;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The way from one index of pods to the next. For one thread, for one step. */
final class PodEdit {
    private final List<Witness> outdated;
    private PodIndex index;

    /**
     * An edit without a change yet.
     *
     * @param outdated takes the witnesses to break once the next index can be seen
     */
    PodEdit(PodIndex before, List<Witness> outdated) {
        this.index = before;
        this.outdated = outdated;
    }

    PodIndex index() {
        return index;
    }

    void pod(@Nullable Pod old, @Nullable Pod now) {
        List<IpAddress> had = old == null ? List.of() : old.addresses();
        List<IpAddress> has = now == null ? List.of() : now.addresses();
        if (old != null) {
            ObjectKey key = old.key();
            had.stream().filter(each -> !has.contains(each)).forEach(each -> leaves(each, key));
        }
        if (now != null) {
            ObjectKey key = now.key();
            has.stream().filter(each -> !had.contains(each)).forEach(each -> comes(each, key));
        }
    }

    private void comes(IpAddress address, ObjectKey pod) {
        List<ObjectKey> pods = new ArrayList<>(index.holders(address).pods());
        pods.add(pod);
        boolean first = pods.size() == 1;
        replace(address, pods, first ? new Witness() : index.absent());
    }

    private void leaves(IpAddress address, ObjectKey pod) {
        List<ObjectKey> pods = new ArrayList<>(index.holders(address).pods());
        if (pods.remove(pod)) {
            replace(address, pods, index.absent());
        }
    }

    private void replace(IpAddress address, List<ObjectKey> pods, Witness absent) {
        outdated.add(index.holders(address).witness()); // the old absence too, where nobody had it
        index = new PodIndex(
                pods.isEmpty()
                        ? index.byAddress().without(address)
                        : index.byAddress().with(address, new PodIndex.Holders(pods, new Witness())),
                absent);
    }
}
