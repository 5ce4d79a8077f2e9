package dev.waypost.corefile.directive;

import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.DirectiveFactory;
import dev.waypost.corefile.Statement;
import dev.waypost.layer.MetadataLayer;

/** {@code metadata [ZONES...]}: lets the block's directives tell and use labels about queries for these zones. */
public final class MetadataDirective implements DirectiveFactory {
    @Override
    public String name() {
        return "metadata";
    }

    @Override
    public void configure(Statement directive, BlockContext block) {
        directive.wantNoBlock();
        BlockMetadata labels = BlockMetadata.of(block);
        labels.tell(block.zonesOf(directive.arguments()));
        block.inBlock(MetadataLayer.class, () -> {
            MetadataLayer layer = new MetadataLayer(labels);
            block.layer(layer);
            return layer;
        });
    }
}
