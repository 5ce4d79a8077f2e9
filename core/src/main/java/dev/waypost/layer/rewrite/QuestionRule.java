package dev.waypost.layer.rewrite;

import dev.waypost.Query;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Asks for another type or in another class. */
public final class QuestionRule implements RewriteRule {
    private final Predicate<Query> fits;
    private final UnaryOperator<Query> change;

    private QuestionRule(Predicate<Query> fits, UnaryOperator<Query> change) {
        this.fits = fits;
        this.change = change;
    }

    /** Asks for type {@code to} where {@code from} was asked for. */
    public static QuestionRule type(int from, int to) {
        return new QuestionRule(query -> query.qtype() == from, query -> query.withQtype(to));
    }

    /** Asks in class {@code to} what was asked in {@code from}. */
    public static QuestionRule qclass(int from, int to) {
        return new QuestionRule(query -> query.qclass() == from, query -> query.withQclass(to));
    }

    @Override
    public Outcome apply(Query query) {
        return fits.test(query) ? Rewritten.map(change.apply(query), response -> response) : Outcome.UNFIT;
    }
}
