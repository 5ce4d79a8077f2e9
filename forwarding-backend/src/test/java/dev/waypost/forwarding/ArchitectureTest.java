package dev.waypost.forwarding;

import dev.waypost.testing.Architecture;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void arrowsPointOneWay() {
        Architecture.checkArrows();
    }
}
