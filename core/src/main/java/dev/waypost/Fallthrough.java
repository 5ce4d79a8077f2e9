package dev.waypost;

import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** "This name is not mine": the next resolver is asked, and behind the last one the reply is REFUSED. */
public enum Fallthrough implements Resolution {
    /** The only one. */
    FALLTHROUGH;

    @Override
    public Resolution map(UnaryOperator<Response> change) {
        return this;
    }

    @Override
    public Resolution orElse(Supplier<Resolution> next) {
        return next.get();
    }
}
