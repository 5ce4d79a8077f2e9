package dev.waypost.kubernetes.snapshot;

import dev.waypost.zone.Witness;
import java.util.ArrayList;
import java.util.List;

/**
 * What is known of one address.
 *
 * @param owners at least one; the same slice may be there once only
 * @param witness broken when another answer to "whose is it?" can be given
 */
record AddressNode(List<AddressOwner> owners, Witness witness) {
    AddressNode {
        owners = List.copyOf(owners);
    }

    AddressNode with(AddressOwner owner) {
        if (owners.contains(owner)) {
            return renewed();
        }
        List<AddressOwner> more = new ArrayList<>(owners);
        more.add(owner);
        return new AddressNode(more, new Witness());
    }

    AddressNode without(AddressOwner owner) {
        List<AddressOwner> fewer = new ArrayList<>(owners);
        fewer.remove(owner);
        return new AddressNode(fewer, new Witness());
    }

    AddressNode renewed() {
        return new AddressNode(owners, new Witness());
    }
}
