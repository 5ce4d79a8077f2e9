package dev.waypost.transfer;

import dev.waypost.AddressBlocks;
import dev.waypost.Client;
import java.util.Set;
import org.xbill.DNS.Name;

/**
 * Who may have a zone, and every zone below it that has no rule of its own.
 *
 * @param zone an apex; absolute
 * @param to addresses that may ask
 * @param keys names of keys, one of which the question must be signed with (RFC 8945); none are needed where empty
 */
public record TransferRule(Name zone, AddressBlocks to, Set<Name> keys) {
    public TransferRule {
        if (!zone.isAbsolute()) {
            throw new IllegalArgumentException("a zone wants an absolute name, found \"" + zone + "\"");
        }
        keys = Set.copyOf(keys);
    }

    /** Without keys. */
    public TransferRule(Name zone, AddressBlocks to) {
        this(zone, to, Set.of());
    }

    /** Whether a client may have the zone. */
    public boolean allows(Client client) {
        return to.contains(client.address())
                && (keys.isEmpty() || client.key().filter(keys::contains).isPresent());
    }
}
