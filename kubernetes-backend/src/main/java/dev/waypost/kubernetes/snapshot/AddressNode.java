package dev.waypost.kubernetes.snapshot;

import dev.waypost.zone.Witness;
import java.util.ArrayList;
import java.util.List;

/**
 * What is known of one address: who has it, and until when that holds. Immutable.
 *
 * <p>Nearly every address has one owner; a list for each would be as much as all else in it.
 */
final class AddressNode {
    private final AddressOwner first;
    private final List<AddressOwner> others;
    private final Witness witness = new Witness();

    private AddressNode(AddressOwner first, List<AddressOwner> others) {
        this.first = first;
        this.others = others;
    }

    static AddressNode of(AddressOwner owner) {
        return new AddressNode(owner, List.of());
    }

    private static AddressNode of(List<AddressOwner> owners) {
        return new AddressNode(owners.get(0), List.copyOf(owners.subList(1, owners.size())));
    }

    /** At least one; the same slice is there once only. */
    List<AddressOwner> owners() {
        if (others.isEmpty()) {
            return List.of(first);
        }
        List<AddressOwner> all = new ArrayList<>(others.size() + 1);
        all.add(first);
        all.addAll(others);
        return all;
    }

    /** Broken when another answer to "whose is it?" can be given. */
    Witness witness() {
        return witness;
    }

    AddressNode with(AddressOwner owner) {
        List<AddressOwner> all = owners();
        if (all.contains(owner)) {
            return renewed();
        }
        List<AddressOwner> more = new ArrayList<>(all);
        more.add(owner);
        return of(more);
    }

    /** Whether nobody else has it. */
    boolean isOnlyOf(AddressOwner owner) {
        return others.isEmpty() && first.equals(owner);
    }

    /** Without an owner that is not the only one. */
    AddressNode without(AddressOwner owner) {
        List<AddressOwner> fewer = new ArrayList<>(owners());
        fewer.remove(owner);
        return of(fewer);
    }

    AddressNode renewed() {
        return new AddressNode(first, others);
    }
}
