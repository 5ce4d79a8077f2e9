package dev.waypost.forwarding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HedgeBudgetTest {
    private final HedgeBudget budget = new HedgeBudget();

    private int spent(int flights) {
        int spent = 0;
        for (int i = 0; i < flights; i++) {
            budget.earn();
            spent += budget.spend() ? 1 : 0;
        }
        return spent;
    }

    @Test
    void reserveCoversAHundredAndThenOneInTen() {
        assertThat(spent(100)).isEqualTo(100);
        assertThat(spent(10_000)).isBetween(1000, 1020);
        assertThat(spent(10_000)).isEqualTo(1000);
    }

    @Test
    void reserveFillsAgainAndNoFurther() {
        spent(10_000);
        for (int i = 0; i < 1_000_000; i++) {
            budget.earn();
        }
        assertThat(spent(105)).isBetween(105, 111);
        assertThat(spent(1000)).isLessThan(110);
    }
}
