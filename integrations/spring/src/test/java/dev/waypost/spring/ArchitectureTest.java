package dev.waypost.spring;

import dev.waypost.testing.Architecture;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void packagesPointOneWay() {
        Architecture.checkArrows();
    }
}
