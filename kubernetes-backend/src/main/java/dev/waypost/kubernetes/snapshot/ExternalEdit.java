package dev.waypost.kubernetes.snapshot;

import dev.waypost.kubernetes.model.ExternalAddresses;
import dev.waypost.kubernetes.model.IpAddress;
import dev.waypost.kubernetes.model.Service;
import dev.waypost.zone.Witness;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The way from one {@link ExternalIndex} to the next. For one thread, for one step. */
final class ExternalEdit {
    private final ExternalIndex before;
    private final List<Witness> outdated;
    private PersistentMap<IpAddress, AddressNode> byAddress;
    private Witness absent;
    private boolean changed;

    /**
     * An edit without a change yet.
     *
     * @param outdated takes the witnesses to break once the next index can be seen
     */
    ExternalEdit(ExternalIndex before, List<Witness> outdated) {
        this.before = before;
        this.outdated = outdated;
        this.byAddress = before.byAddress();
        this.absent = before.absent();
    }

    /** The next index; the one before where nothing changed. Call it once. */
    ExternalIndex next(long unixSeconds) {
        if (!changed) {
            return before;
        }
        outdated.add(before.changes());
        long serial = Math.max(before.serial() + 1, unixSeconds);
        return new ExternalIndex(byAddress, absent, serial, new Witness());
    }

    /** Something is seen from outside that was not, or the reverse. */
    void change() {
        changed = true;
    }

    void service(@Nullable Service old, @Nullable Service now) {
        ExternalAddresses had = old == null ? ExternalAddresses.NONE : old.external();
        ExternalAddresses has = now == null ? ExternalAddresses.NONE : now.external();
        if (had.isEmpty() && has.isEmpty()) {
            return;
        }
        changed |=
                old == null || now == null || !had.equals(has) || !old.ports().equals(now.ports());
        if (old != null) {
            had.ips().stream().filter(each -> !has.ips().contains(each)).forEach(each -> leaves(each, old));
        }
        if (now != null) {
            has.ips().stream().filter(each -> !had.ips().contains(each)).forEach(each -> comes(each, now));
        }
    }

    /** Which services select the server decides the addresses of the zone's name server. */
    void endpointsOf(@Nullable Service service) {
        changed |= service != null && !service.external().isEmpty();
    }

    /** Whether a service's addresses may be told has changed. */
    void renew(Service service) {
        service.external().ips().forEach(address -> edit(address, AddressNode::renewed));
    }

    private void comes(IpAddress address, Service service) {
        if (byAddress.get(address) != null) {
            edit(address, node -> node.with(owner(service)));
            return;
        }
        outdated.add(absent);
        absent = new Witness();
        byAddress = byAddress.with(address, AddressNode.of(owner(service)));
    }

    private void leaves(IpAddress address, Service service) {
        AddressNode node = byAddress.get(address);
        if (node != null && node.isOnlyOf(owner(service))) {
            outdated.add(node.witness());
            byAddress = byAddress.without(address);
        } else {
            edit(address, each -> each.without(owner(service)));
        }
    }

    private static AddressOwner owner(Service service) {
        return new AddressOwner(service.key().namespace(), service.key().name(), "");
    }

    private void edit(IpAddress address, UnaryOperator<AddressNode> change) {
        AddressNode node = byAddress.get(address);
        if (node == null) {
            return;
        }
        outdated.add(node.witness());
        byAddress = byAddress.with(address, change.apply(node));
    }
}
