package dev.waypost.corefile.directive;

import dev.waypost.MetadataSource;
import dev.waypost.Query;
import dev.waypost.corefile.BlockContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Name;

/** The labels of a server block, told for the zones that its {@code metadata} directives name and for no others. */
final class BlockMetadata implements MetadataSource {
    private final MetadataSource all;
    private final List<Name> zones = new ArrayList<>();

    private BlockMetadata(MetadataSource all) {
        this.all = all;
    }

    /** The one of a block. */
    static BlockMetadata of(BlockContext block) {
        return block.inBlock(BlockMetadata.class, () -> new BlockMetadata(block.metadata()));
    }

    /** Tells the labels of names in these zones; while a block is planned. */
    void tell(List<Name> more) {
        zones.addAll(more);
    }

    @Override
    public Optional<String> value(String label, Query query) {
        return zones.stream().anyMatch(query.qname()::subdomain) ? all.value(label, query) : Optional.empty();
    }
}
