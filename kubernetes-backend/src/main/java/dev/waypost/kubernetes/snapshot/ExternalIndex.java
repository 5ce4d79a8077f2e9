package dev.waypost.kubernetes.snapshot;

import dev.waypost.kubernetes.model.IpAddress;
import dev.waypost.zone.Witness;

/**
 * How services are reached from outside the cluster, and when that changed. Immutable.
 *
 * @param byAddress which services are reached at an address
 * @param absent stands for every address at which no service is reached
 * @param serial as {@link ClusterSnapshot#serial()}, but moved only by what is seen from outside
 * @param changes broken when the serial moves
 */
public record ExternalIndex(
        PersistentMap<IpAddress, AddressNode> byAddress, Witness absent, long serial, Witness changes) {
    static ExternalIndex empty() {
        return new ExternalIndex(PersistentMap.empty(), new Witness(), 0, new Witness());
    }
}
