package dev.waypost.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;

@DisplayName("resolv.conf(5): search and ndots")
class SearchListTest {
    private static final Name CLUSTER = Name.fromConstantString("cluster.local.");
    private static final SearchList POD = SearchList.ofPod("shop", CLUSTER);

    @Test
    void aPodSearchesItsNamespaceThenAllServicesThenTheClusterThenTheNameItself() {
        assertThat(tried(POD, "orders"))
                .containsExactly(
                        "orders.shop.svc.cluster.local.",
                        "orders.svc.cluster.local.",
                        "orders.cluster.local.",
                        "orders.");
    }

    @Test
    void aNameWithEnoughDotsIsTriedAsItIsFirst() {
        SearchList list = new SearchList(List.of(CLUSTER), 2);
        assertThat(tried(list, "a.b.c")).containsExactly("a.b.c.", "a.b.c.cluster.local.");
        assertThat(tried(list, "a.b")).containsExactly("a.b.cluster.local.", "a.b.");
    }

    @Test
    void aNameThatTheListHoldsTwiceIsTriedOnce() {
        SearchList list = new SearchList(List.of(Name.root, CLUSTER), 1);
        assertThat(tried(list, "orders")).containsExactly("orders.", "orders.cluster.local.");
        assertThat(tried(list, "a.b")).containsExactly("a.b.", "a.b.cluster.local.");
    }

    @Test
    void aFinalDotMakesANameAbsolute() {
        assertThat(tried(POD, "orders.shop.")).containsExactly("orders.shop.");
    }

    @Test
    void aNameTooLongInADomainIsLeftOutOfTheList() {
        String label = "a".repeat(63);
        String long247 = String.join(".", label, label, label, "a".repeat(54));
        assertThat(tried(new SearchList(List.of(CLUSTER), 5), long247)).containsExactly(long247 + ".");
    }

    @Test
    void textThatIsNoDomainNameIsRefusedAndNamed() {
        assertThatThrownBy(() -> POD.candidates("a..b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"a..b\"");
    }

    private static List<String> tried(SearchList list, String name) {
        return list.candidates(name).stream().map(Name::toString).toList();
    }
}
