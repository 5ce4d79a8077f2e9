package dev.waypost.layer.template;

import java.util.HashMap;
import java.util.Map;

/** Where a template is at while it is filled: the value at hand, the variables, the text so far. For one filling. */
final class Scope {
    /** Letters of a filled template, at most: no record is longer. */
    private static final int MOST_LETTERS = 65_536;

    private static final int MOST_STEPS = 10_000;

    private static final String ROOT = "$";

    private final StringBuilder text = new StringBuilder();
    private final Map<String, Value> variables = new HashMap<>();
    private Value dot;
    private int steps;

    Scope(Value data) {
        this.dot = data;
        variables.put(ROOT, data);
    }

    Value dot() {
        return dot;
    }

    /** Does something with another value at hand. */
    void with(Value value, Runnable inside) {
        Value outside = dot;
        dot = value;
        inside.run();
        dot = outside;
    }

    Value variable(String name) {
        Value value = variables.get(name);
        if (value == null) {
            throw new TemplateFault("there is no variable " + name);
        }
        return value;
    }

    void set(String name, Value value) {
        variables.put(name, value);
    }

    void write(String more) {
        if (text.length() + more.length() > MOST_LETTERS) {
            throw new TemplateFault("the text is longer than " + MOST_LETTERS + " letters");
        }
        text.append(more);
    }

    /** Counts work that loops may repeat. */
    void step() {
        if (++steps > MOST_STEPS) {
            throw new TemplateFault("more than " + MOST_STEPS + " steps");
        }
    }

    String text() {
        return text.toString();
    }
}
