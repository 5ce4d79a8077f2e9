package dev.waypost.kubernetes.snapshot;

import dev.waypost.kubernetes.model.IpAddress;
import dev.waypost.kubernetes.model.ObjectKey;
import dev.waypost.zone.Witness;
import java.util.List;

/**
 * Which pods have which address. Immutable.
 *
 * @param byAddress pods that share the address of their host stand under one address
 * @param absent stands for every address that no pod has; broken when a pod gets one of them
 */
record PodIndex(PersistentMap<IpAddress, Holders> byAddress, Witness absent) {
    static final List<ObjectKey> NOBODY = List.of();

    /**
     * The pods of one address.
     *
     * @param witness broken when another pod gets it or one of them loses it
     */
    record Holders(List<ObjectKey> pods, Witness witness) {
        Holders {
            pods = List.copyOf(pods);
        }
    }

    static PodIndex empty() {
        return new PodIndex(PersistentMap.empty(), new Witness());
    }

    Holders holders(IpAddress address) {
        Holders holders = byAddress.get(address);
        return holders == null ? new Holders(NOBODY, absent) : holders;
    }
}
