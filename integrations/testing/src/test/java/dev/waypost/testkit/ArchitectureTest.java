package dev.waypost.testkit;

import dev.waypost.testing.Architecture;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void packagesPointOneWay() {
        Architecture.checkArrows();
    }
}
