package dev.waypost;

/** Holds as long as two others hold. */
record BothFresh(Freshness first, Freshness second) implements Freshness {
    /** The plainest freshness that holds as long as both do. */
    static Freshness of(Freshness first, Freshness second) {
        if (first == second || second == Freshness.always()) {
            return first;
        }
        if (first == Freshness.always()) {
            return second;
        }
        if (first == Freshness.never() || second == Freshness.never()) {
            return Freshness.never();
        }
        return new BothFresh(first, second);
    }

    @Override
    public boolean holdsAt(long nanoTime) {
        return first.holdsAt(nanoTime) && second.holdsAt(nanoTime);
    }

    @Override
    public boolean holdsFor(Client client) {
        return first.holdsFor(client) && second.holdsFor(client);
    }

    @Override
    public boolean isForSome() {
        return first.isForSome() || second.isForSome();
    }

    @Override
    public boolean isTimed() {
        return first.isTimed() || second.isTimed();
    }

    @Override
    public boolean isUncached() {
        return first.isUncached() || second.isUncached();
    }

    @Override
    public Freshness keptUntil(long nanoTime) {
        return isUncached() ? of(first.keptUntil(nanoTime), second.keptUntil(nanoTime)) : this;
    }

    @Override
    public Runnable onBreak(Runnable action) {
        Runnable one = first.onBreak(action);
        Runnable other = second.onBreak(action);
        return () -> {
            one.run();
            other.run();
        };
    }

    @Override
    public long nanosLeft(long nanoTime) {
        return Math.min(first.nanosLeft(nanoTime), second.nanosLeft(nanoTime));
    }
}
