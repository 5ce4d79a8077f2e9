package dev.waypost.forwarding;

/** Both halves of a cache, and what it counts. May outlive the plan that it was made for. */
final class AnswerStores {
    private final AnswerStore successes;
    private final AnswerStore denials;
    private final CacheMeters meters = new CacheMeters();

    AnswerStores(CacheSettings settings, Clock clock) {
        this.successes = new AnswerStore(settings.success().bytes(), clock);
        this.denials = new AnswerStore(settings.denial().bytes(), clock);
    }

    /** Answers with records. */
    AnswerStore successes() {
        return successes;
    }

    /** NXDOMAIN, NODATA, and failures. */
    AnswerStore denials() {
        return denials;
    }

    /** The half for a kind of answer. */
    AnswerStore of(Cacheability kind) {
        return kind == Cacheability.SUCCESS ? successes : denials;
    }

    CacheMeters meters() {
        return meters;
    }

    /** Bytes of all that is kept, about. */
    long bytes() {
        return successes.bytes() + denials.bytes();
    }
}
