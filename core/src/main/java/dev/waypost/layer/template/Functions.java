package dev.waypost.layer.template;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The functions of templates: Go's own that make sense for records, and CoreDNS's {@code parseInt}. */
final class Functions {
    /** A function of arguments that it may leave alone: {@code and} and {@code or} stop early. */
    @FunctionalInterface
    interface Function {
        Value of(List<Expression> arguments, Scope scope);
    }

    /** A function of values. */
    @FunctionalInterface
    private interface Plain {
        Value of(List<Value> arguments);
    }

    private static final int ANY = Integer.MAX_VALUE;

    private static final Map<String, Function> ALL = Map.ofEntries(
            Map.entry("and", (arguments, scope) -> firstThatIs(false, arguments, scope)),
            Map.entry("or", (arguments, scope) -> firstThatIs(true, arguments, scope)),
            Map.entry(
                    "not",
                    plain("not", 1, 1, values -> new Value.Bool(!values.get(0).truth()))),
            Map.entry(
                    "eq",
                    plain(
                            "eq",
                            2,
                            ANY,
                            values -> new Value.Bool(
                                    values.stream().skip(1).anyMatch(other -> compare(values.get(0), other) == 0)))),
            Map.entry("ne", comparing("ne", order -> order != 0)),
            Map.entry("lt", comparing("lt", order -> order < 0)),
            Map.entry("le", comparing("le", order -> order <= 0)),
            Map.entry("gt", comparing("gt", order -> order > 0)),
            Map.entry("ge", comparing("ge", order -> order >= 0)),
            Map.entry("index", plain("index", 1, ANY, Functions::index)),
            Map.entry("len", plain("len", 1, 1, values -> new Value.Whole(length(values.get(0))))),
            Map.entry("slice", plain("slice", 1, 3, Functions::slice)),
            Map.entry("print", plain("print", 0, ANY, values -> joined("", values, ""))),
            Map.entry("println", plain("println", 0, ANY, values -> joined(" ", values, "\n"))),
            Map.entry("printf", plain("printf", 1, ANY, Formatting::printf)),
            Map.entry("parseInt", plain("parseInt", 3, 3, Functions::parseInt)));

    private Functions() {}

    static Function named(String name) {
        Function function = ALL.get(name);
        if (function == null) {
            throw new TemplateFault("there is no function " + name);
        }
        return function;
    }

    private static Function plain(String name, int least, int most, Plain function) {
        return (arguments, scope) -> {
            if (arguments.size() < least || arguments.size() > most) {
                throw new TemplateFault(name + " does not take " + arguments.size() + " arguments");
            }
            return function.of(
                    arguments.stream().map(argument -> argument.in(scope)).toList());
        };
    }

    private static Function comparing(String name, java.util.function.IntPredicate wanted) {
        return plain(name, 2, 2, values -> new Value.Bool(wanted.test(compare(values.get(0), values.get(1)))));
    }

    private static Value firstThatIs(boolean truth, List<Expression> arguments, Scope scope) {
        Value value = Value.NOTHING;
        for (Expression argument : arguments) {
            value = argument.in(scope);
            if (value.truth() == truth) {
                break;
            }
        }
        return value;
    }

    private static int compare(Value one, Value other) {
        if (one instanceof Value.Whole first && other instanceof Value.Whole second) {
            return Long.compare(first.number(), second.number());
        }
        if (one instanceof Value.Text first && other instanceof Value.Text second) {
            return first.text().compareTo(second.text());
        }
        if (one instanceof Value.Bool first && other instanceof Value.Bool second) {
            return Boolean.compare(first.truth(), second.truth());
        }
        throw new TemplateFault(one.text() + " and " + other.text() + " cannot be compared");
    }

    private static Value index(List<Value> values) {
        Value value = values.get(0);
        for (Value key : values.subList(1, values.size())) {
            if (value instanceof Value.Items list) {
                value = list.items().get(position(key, list.items().size() - 1));
            } else if (value instanceof Value.Text text) {
                value = new Value.Whole(
                        text.text().charAt(position(key, text.text().length() - 1)));
            } else {
                value = value.member(key.text());
            }
        }
        return value;
    }

    private static Value slice(List<Value> values) {
        long length = length(values.get(0));
        int from = values.size() > 1 ? position(values.get(1), length) : 0;
        int to = values.size() > 2 ? position(values.get(2), length) : (int) length;
        if (to < from) {
            throw new TemplateFault("slice wants its bounds in order");
        }
        return values.get(0) instanceof Value.Items list
                ? new Value.Items(list.items().subList(from, to))
                : new Value.Text(values.get(0).text().substring(from, to));
    }

    static int position(Value value, long most) {
        if (!(value instanceof Value.Whole whole) || whole.number() < 0 || whole.number() > most) {
            throw new TemplateFault("a place 0.." + most + " is wanted, found " + value.text());
        }
        return (int) whole.number();
    }

    private static long length(Value value) {
        if (value instanceof Value.Text text) {
            return text.text().length();
        }
        if (value instanceof Value.Items list) {
            return list.items().size();
        }
        if (value instanceof Value.Texts map) {
            return map.texts().size();
        }
        throw new TemplateFault("a text, a list or a map is wanted, found " + value.text());
    }

    private static Value joined(String between, List<Value> values, String end) {
        return new Value.Text(values.stream().map(Value::text).collect(Collectors.joining(between, "", end)));
    }

    /** A number in a base, refused where it does not fit into so many bits without a sign. */
    private static Value parseInt(List<Value> values) {
        int base = position(values.get(1), Character.MAX_RADIX);
        int bits = position(values.get(2), Long.SIZE);
        String digits = values.get(0).text();
        try {
            long number = base == 0 ? Long.decode(digits) : Long.parseLong(digits, base);
            boolean fits = number >= 0 && (bits == 0 || bits >= Long.SIZE - 1 || number < 1L << bits);
            if (fits && Character.isLetterOrDigit(digits.charAt(0))) {
                return new Value.Whole(number);
            }
        } catch (NumberFormatException noNumber) {
            // said below
        }
        throw new TemplateFault("\"" + digits + "\" is no number of base " + base + " and " + bits + " bits");
    }
}
