package dev.waypost.kubernetes.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.kubernetes.model.Identity;
import dev.waypost.kubernetes.model.IpAddress;
import dev.waypost.kubernetes.model.ObjectKey;
import dev.waypost.kubernetes.model.Pod;
import dev.waypost.kubernetes.model.ResourceKind;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PodIndexTest {
    private static final IpAddress ADDRESS = Objects.requireNonNull(IpAddress.parse("198.51.100.1"));

    private static Pod pod(String name) {
        return new Pod(new Identity(new ObjectKey("shop", name), "u-" + name, "1"), List.of(ADDRESS), false, Map.of());
    }

    @Test
    void addressLeadsToItsPod() {
        ClusterState state =
                new ClusterState(List.of(ResourceKind.PODS), List.of(Extent.ALL), EndpointNaming.BY_HOSTNAME, () -> 1);
        ClusterSnapshot.PodsAt before = state.snapshot().podsAt(ADDRESS);
        state.pods().put(pod("first"));
        state.pods().put(pod("second"));
        assertThat(before.witness().holdsAt(0)).isFalse();
        assertThat(state.snapshot().podOf(ADDRESS)).contains(new ObjectKey("shop", "first"));
        state.pods().remove(pod("first"));
        assertThat(state.snapshot().podOf(ADDRESS)).contains(new ObjectKey("shop", "second"));
        state.pods().remove(pod("second"));
        assertThat(state.snapshot().podOf(ADDRESS)).isEmpty();
    }
}
