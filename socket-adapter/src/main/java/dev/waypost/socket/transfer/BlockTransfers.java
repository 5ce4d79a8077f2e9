package dev.waypost.socket.transfer;

import dev.waypost.AddressBlocks;
import dev.waypost.Layer;
import dev.waypost.Resolver;
import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.Token;
import dev.waypost.transfer.TransferLayer;
import dev.waypost.transfer.TransferRule;
import dev.waypost.zone.ZoneTable;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** The rules of all {@code transfer} of a server block: one table, of which the nearest zone counts. */
final class BlockTransfers implements Layer {
    private final BlockContext block;
    private final NotifyPace pace;
    private final Map<Name, Grant> grants = new LinkedHashMap<>();
    private final List<InetAddress> from = new ArrayList<>();
    private boolean telling;

    private BlockTransfers(BlockContext block, NotifyPace pace) {
        this.block = block;
        this.pace = pace;
    }

    static BlockTransfers of(BlockContext block, NotifyPace pace) {
        return block.inBlock(BlockTransfers.class, () -> {
            BlockTransfers transfers = new BlockTransfers(block, pace);
            block.layer(transfers);
            return transfers;
        });
    }

    void add(Name zone, Grant grant, Token place) {
        if (grants.putIfAbsent(zone, grant) != null) {
            throw place.fault("'transfer' wants one rule a zone, found a second for " + zone);
        }
        if (!grant.told().isEmpty() && !telling) {
            telling = true;
            NotifySender sender = new NotifySender(block.sources(), this::targets, from, pace);
            block.lifecycle(sender);
            block.metrics(sender);
        }
    }

    /** Where NOTIFY messages come from. */
    void from(InetAddress address) {
        from.add(address);
    }

    private List<NotifyTarget> targets(Name zone) {
        Grant grant = new ZoneTable<>(grants).nearest(zone, Type.SOA);
        return grant == null ? List.of() : grant.told();
    }

    @Override
    public Resolver over(Resolver next) {
        List<TransferRule> rules = grants.entrySet().stream()
                .map(each -> each.getValue().rule(each.getKey()))
                .toList();
        return new TransferLayer(rules, block.sources()).over(next);
    }

    /**
     * What one {@code transfer} says of its zones.
     *
     * @param to who may have them
     * @param keys names of keys, one of which is needed where there are any
     * @param told who is told of changes
     */
    record Grant(AddressBlocks to, Set<Name> keys, List<NotifyTarget> told) {
        TransferRule rule(Name zone) {
            return new TransferRule(zone, to, keys);
        }
    }
}
