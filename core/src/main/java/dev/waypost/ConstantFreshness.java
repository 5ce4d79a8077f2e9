package dev.waypost;

/** The freshnesses that no time and no event changes. */
enum ConstantFreshness implements Freshness {
    ALWAYS,
    UNCACHED,
    NEVER;

    @Override
    public boolean holdsAt(long nanoTime) {
        return this == ALWAYS;
    }

    @Override
    public boolean isTimed() {
        return this == UNCACHED;
    }
}
