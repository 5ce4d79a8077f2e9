package dev.waypost.kubernetes;

import dev.waypost.corefile.BlockContext;
import dev.waypost.kubernetes.external.ClusterView;
import java.util.Optional;

/**
 * The cluster of a server block, for directives that stand before {@code kubernetes} in a query and are therefore
 * configured before it. Written while the block is configured, read from then on.
 */
final class BlockCluster {
    private volatile Optional<KubernetesBackend> backend = Optional.empty();

    private BlockCluster() {}

    /** The one of a block. */
    static BlockCluster of(BlockContext block) {
        return block.inBlock(BlockCluster.class, BlockCluster::new);
    }

    /** Takes the block's cluster; of several the first one counts. */
    void show(KubernetesBackend cluster) {
        if (backend.isEmpty()) {
            backend = Optional.of(cluster);
        }
    }

    /**
     * The cluster.
     *
     * @throws IllegalStateException while the block is still being configured
     */
    ClusterView view() {
        return backend.map(KubernetesBackend::view)
                .orElseThrow(() -> new IllegalStateException("the block's 'kubernetes' is not configured yet"));
    }
}
