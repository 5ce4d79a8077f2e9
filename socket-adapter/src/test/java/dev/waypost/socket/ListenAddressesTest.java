package dev.waypost.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.ListenPoint;
import java.net.Inet6Address;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ListenAddressesTest {
    private static final ListenPoint EVERY = ListenPoint.dns(53);

    private static final ListenPoint LITERAL = new ListenPoint("dns", "127.0.0.1", 53);

    private static String point(Map<LocalAddress, ListenPoint> found, String address) {
        return found.entrySet().stream()
                .filter(each -> each.getKey().toString().equals(address))
                .map(each -> each.getValue().host())
                .findFirst()
                .orElse("none");
    }

    @Test
    void theMoreExactListenPointGetsTheAddress() {
        assertThat(point(ListenAddresses.of(List.of(EVERY, LITERAL)), "127.0.0.1:53"))
                .isEqualTo("127.0.0.1");
        assertThat(point(ListenAddresses.of(List.of(EVERY)), "127.0.0.1:53")).isEmpty();
    }

    @Test
    void portsAreTheirOwn() {
        ListenPoint other = new ListenPoint("dns", "127.0.0.1", 54);
        assertThat(ListenAddresses.of(List.of(LITERAL, other))).hasSize(2);
    }

    @Test
    void noAddressIsAWildcardAndLinkLocalOnesHaveTheirScope() {
        assertThat(ListenAddresses.of(List.of(EVERY)).keySet()).allSatisfy(each -> {
            assertThat(each.socket().getAddress().isAnyLocalAddress()).isFalse();
            assertThat(each.optional()).isEqualTo(each.socket().getAddress().isLinkLocalAddress());
            if (each.socket().getAddress() instanceof Inet6Address six && six.isLinkLocalAddress()) {
                assertThat(six.getScopeId()).isPositive();
            }
        });
    }

    @Test
    void theIpv4WildcardMeansEveryIpv4Address() {
        assertThat(ListenAddresses.of(List.of(new ListenPoint("dns", "0.0.0.0", 53)))
                        .keySet())
                .isNotEmpty()
                .noneMatch(each -> each.socket().getAddress() instanceof Inet6Address);
    }
}
