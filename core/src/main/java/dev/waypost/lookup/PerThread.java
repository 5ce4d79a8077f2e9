package dev.waypost.lookup;

import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** The generator of whichever thread asks. */
enum PerThread implements RandomGenerator {
    RANDOM;

    @Override
    public long nextLong() {
        return ThreadLocalRandom.current().nextLong();
    }
}
