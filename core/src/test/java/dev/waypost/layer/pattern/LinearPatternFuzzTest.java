package dev.waypost.layer.pattern;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Expressions and texts of whatever octets: read or refused, and matched in bounded time. */
class LinearPatternFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void isReadOrRefused(byte[] octets) {
        String[] parts = new String(octets, StandardCharsets.UTF_8).split("\n", 2);
        try {
            LinearPattern pattern = LinearPattern.of(parts[0]);
            pattern.find(parts.length > 1 ? parts[1] : "www.example.org.");
        } catch (IllegalArgumentException refused) {
            // any other exception is a fault of the reader
        }
    }
}
