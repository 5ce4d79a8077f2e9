package dev.waypost.layer.template;

import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What an expression of a template stands for. */
sealed interface Value {
    Value NOTHING = new Nothing();

    /** What goes into the text. */
    String text();

    /** Whether {@code if} takes it for true: Go's rule, what is not empty is true. */
    boolean truth();

    /** The member of this name. */
    default Value member(String name) {
        throw new TemplateFault("." + name + " is asked of " + text() + ", which has no members");
    }

    /** A text. */
    record Text(String text) implements Value {
        @Override
        public boolean truth() {
            return !text.isEmpty();
        }
    }

    /** A whole number. */
    record Whole(long number) implements Value {
        @Override
        public String text() {
            return Long.toString(number);
        }

        @Override
        public boolean truth() {
            return number != 0;
        }
    }

    /** True or false. */
    record Bool(boolean truth) implements Value {
        @Override
        public String text() {
            return Boolean.toString(truth);
        }
    }

    /** Values in a row. */
    record Items(List<Value> items) implements Value {
        public Items {
            items = List.copyOf(items);
        }

        @Override
        public String text() {
            return items.stream().map(Value::text).collect(Collectors.joining(" ", "[", "]"));
        }

        @Override
        public boolean truth() {
            return !items.isEmpty();
        }
    }

    /** Texts by name; one that is missing is empty, as in Go. */
    record Texts(TreeMap<String, String> texts) implements Value {
        @Override
        public String text() {
            return texts.entrySet().stream()
                    .map(entry -> entry.getKey() + ":" + entry.getValue())
                    .collect(Collectors.joining(" ", "map[", "]"));
        }

        @Override
        public boolean truth() {
            return !texts.isEmpty();
        }

        @Override
        public Value member(String name) {
            return new Text(texts.getOrDefault(name, ""));
        }
    }

    /** Something with members that are worked out when they are asked for. */
    record Members(Function<String, Value> members) implements Value {
        @Override
        public String text() {
            return "{...}";
        }

        @Override
        public boolean truth() {
            return true;
        }

        @Override
        public Value member(String name) {
            return members.apply(name);
        }
    }

    /** A method: what stands behind it in a command are its arguments. */
    record Method(Function<List<Value>, Value> method) implements Value {
        @Override
        public String text() {
            return "a method";
        }

        @Override
        public boolean truth() {
            return true;
        }
    }

    /** No value. */
    record Nothing() implements Value {
        @Override
        public String text() {
            return "<no value>";
        }

        @Override
        public boolean truth() {
            return false;
        }
    }
}
