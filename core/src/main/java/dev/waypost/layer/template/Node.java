package dev.waypost.layer.template;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of a template. */
sealed interface Node {
    void write(Scope scope);

    /** Text as it stands. */
    record Plain(String text) implements Node {
        @Override
        public void write(Scope scope) {
            scope.write(text);
        }
    }

    /** {@code {{ value }}}. */
    record Output(Expression value) implements Node {
        @Override
        public void write(Scope scope) {
            scope.write(value.in(scope).text());
        }
    }

    /** {@code {{ $name := value }}}. */
    record Assignment(String variable, Expression value) implements Node {
        @Override
        public void write(Scope scope) {
            scope.set(variable, value.in(scope));
        }
    }

    /** One part after the other. */
    record Sequence(List<Node> parts) implements Node {
        public Sequence {
            parts = List.copyOf(parts);
        }

        @Override
        public void write(Scope scope) {
            parts.forEach(part -> part.write(scope));
        }
    }

    /**
     * {@code if} and {@code with}.
     *
     * @param with whether the condition is the value at hand inside
     */
    record Condition(Expression condition, boolean with, Node inside, Node otherwise) implements Node {
        @Override
        public void write(Scope scope) {
            Value value = condition.in(scope);
            if (!value.truth()) {
                otherwise.write(scope);
            } else if (with) {
                scope.with(value, () -> inside.write(scope));
            } else {
                inside.write(scope);
            }
        }
    }

    /**
     * {@code range}.
     *
     * @param key variable for what an item is counted or named by
     * @param item variable for the item
     */
    record Loop(@Nullable String key, @Nullable String item, Expression items, Node inside, Node otherwise)
            implements Node {
        private record Entry(Value key, Value item) {}

        @Override
        public void write(Scope scope) {
            List<Entry> entries = entries(items.in(scope));
            if (entries.isEmpty()) {
                otherwise.write(scope);
            }
            for (Entry entry : entries) {
                scope.step();
                if (key != null) {
                    scope.set(key, entry.key);
                }
                if (item != null) {
                    scope.set(item, entry.item);
                }
                scope.with(entry.item, () -> inside.write(scope));
            }
        }

        private static List<Entry> entries(Value value) {
            List<Entry> entries = new ArrayList<>();
            if (value instanceof Value.Items list) {
                for (int i = 0; i < list.items().size(); i++) {
                    entries.add(new Entry(new Value.Whole(i), list.items().get(i)));
                }
            } else if (value instanceof Value.Texts map) {
                map.texts().forEach((name, text) -> entries.add(new Entry(new Value.Text(name), new Value.Text(text))));
            } else {
                throw new TemplateFault("range wants a list or a map, found " + value.text());
            }
            return entries;
        }
    }
}
