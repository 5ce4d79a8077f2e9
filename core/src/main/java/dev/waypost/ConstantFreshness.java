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

    @Override
    public boolean isUncached() {
        return this == UNCACHED;
    }

    @Override
    public Freshness keptUntil(long nanoTime) {
        return this == UNCACHED ? Freshness.until(nanoTime) : this;
    }
}
