package dev.waypost.layer.template;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code printf}: the verbs of Go's for texts and whole numbers. */
final class Formatting {
    private static final int MOST_WIDTH = 255;
    private static final Pattern VERB = Pattern.compile("%([-+ 0#]*)(\\d{0,4})([a-zA-Z%]?)");

    private Formatting() {}

    static Value printf(List<Value> values) {
        Matcher verb = VERB.matcher(values.get(0).text());
        StringBuilder text = new StringBuilder();
        int argument = 1;
        while (verb.find()) {
            String piece = "%";
            if (!verb.group(3).equals("%")) {
                if (argument == values.size()) {
                    throw new TemplateFault("printf wants a value for " + verb.group());
                }
                piece = padded(formatted(verb.group(3), verb.group(1), values.get(argument++)), verb);
            }
            verb.appendReplacement(text, Matcher.quoteReplacement(piece));
        }
        if (argument < values.size()) {
            throw new TemplateFault("printf has more values than verbs");
        }
        verb.appendTail(text);
        return new Value.Text(text.toString());
    }

    private static String formatted(String verb, String flags, Value value) {
        if (value instanceof Value.Whole whole) {
            long number = whole.number();
            String digits = switch (verb) {
                case "d", "v" -> Long.toString(number);
                case "x" -> Long.toString(number, 16);
                case "X" -> Long.toString(number, 16).toUpperCase(java.util.Locale.ROOT);
                case "o" -> Long.toString(number, 8);
                case "b" -> Long.toString(number, 2);
                case "c" -> Character.toString(Functions.position(value, Character.MAX_CODE_POINT));
                default -> throw new TemplateFault("printf cannot write a number as %" + verb);
            };
            return flags.indexOf('+') >= 0 && number >= 0 ? "+" + digits : digits;
        }
        return switch (verb) {
            case "s", "v", "t" -> value.text();
            case "q" -> "\"" + value.text().replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
            default -> throw new TemplateFault("printf cannot write \"" + value.text() + "\" as %" + verb);
        };
    }

    private static String padded(String text, Matcher verb) {
        int width = verb.group(2).isEmpty() ? 0 : Integer.parseInt(verb.group(2));
        if (width > MOST_WIDTH) {
            throw new TemplateFault("printf wants a width of at most " + MOST_WIDTH);
        }
        int missing = width - text.length();
        if (missing <= 0) {
            return text;
        }
        if (verb.group(1).indexOf('-') >= 0) {
            return text + " ".repeat(missing);
        }
        if (verb.group(1).indexOf('0') < 0) {
            return " ".repeat(missing) + text;
        }
        boolean signed = text.startsWith("-") || text.startsWith("+");
        return text.substring(0, signed ? 1 : 0) + "0".repeat(missing) + text.substring(signed ? 1 : 0);
    }
}
