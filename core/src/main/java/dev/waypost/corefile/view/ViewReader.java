package dev.waypost.corefile.view;

import dev.waypost.corefile.view.Term.Type;
import dev.waypost.layer.pattern.LinearPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads an expression: operators by their strength, the weakest first. */
final class ViewReader {
    private static final int MAX_DEPTH = 100;
    private static final Pattern WORD = Pattern.compile("\\s*(?:(?<text>'(?:[^'\\\\]|\\\\.)*'|\"(?:[^\"\\\\]|\\\\.)*\")"
            + "|(?<raw>`[^`]*`)|(?<number>\\d{1,18})|(?<name>[A-Za-z_]\\w*)"
            + "|(?<sign>\\|\\||&&|==|!=|<=|>=|[!<>()\\[\\],-]))");
    private static final String END = "";

    private record Word(String kind, String text) {}

    private final String expression;
    private final List<Word> words = new ArrayList<>();
    private int next;
    private int depth;

    ViewReader(String expression) {
        this.expression = expression;
        Matcher word = WORD.matcher(expression);
        int at = 0;
        while (!expression.substring(at).isBlank()) {
            if (!word.region(at, expression.length()).lookingAt()) {
                throw fault("\"" + expression.substring(at).strip() + "\" is not understood");
            }
            words.add(word(word));
            at = word.end();
        }
    }

    private Word word(Matcher found) {
        for (String kind : List.of("text", "raw", "number", "name", "sign")) {
            String text = found.group(kind);
            if (text != null) {
                return switch (kind) {
                    case "text" -> new Word("text", unescaped(text.substring(1, text.length() - 1)));
                    case "raw" -> new Word("text", text.substring(1, text.length() - 1));
                    default -> new Word(kind, text);
                };
            }
        }
        throw new IllegalStateException("an alternative without a group");
    }

    private String unescaped(String text) {
        try {
            return text.translateEscapes();
        } catch (IllegalArgumentException unknown) {
            throw fault("an escape is not understood");
        }
    }

    private IllegalArgumentException fault(String what) {
        return new IllegalArgumentException("an expression is wanted (" + what + "), found \"" + expression + "\"");
    }

    Term read() {
        try {
            Term whole = or();
            if (next < words.size()) {
                throw new IllegalArgumentException("\"" + words.get(next).text() + "\" stands where it should end");
            }
            return whole;
        } catch (IllegalArgumentException unreadable) {
            throw fault(String.valueOf(unreadable.getMessage()));
        }
    }

    private String peek() {
        return next < words.size() && !words.get(next).kind().equals("text")
                ? words.get(next).text()
                : END;
    }

    private boolean take(String... spellings) {
        boolean there = List.of(spellings).contains(peek()) && !peek().equals(END);
        next += there ? 1 : 0;
        return there;
    }

    private Term or() {
        if (++depth > MAX_DEPTH) {
            throw new IllegalArgumentException("nested more than " + MAX_DEPTH + " deep");
        }
        Term left = and();
        while (take("||", "or")) {
            left = either(left, and(), true);
        }
        depth--;
        return left;
    }

    private Term and() {
        Term left = comparison();
        while (take("&&", "and")) {
            left = either(left, comparison(), false);
        }
        return left;
    }

    /** The second is not looked at where the first decides. */
    private static Term either(Term one, Term other, boolean decisive) {
        bool(one);
        bool(other);
        return new Term(Type.BOOL, one.lasting() && other.lasting(), one.constant() && other.constant(), query -> {
            Object first = one.value().apply(query);
            return first.equals(decisive) ? first : other.value().apply(query);
        });
    }

    private static Term bool(Term term) {
        return want(term, Type.BOOL);
    }

    private static Term want(Term term, Type type) {
        if (term.type() != type) {
            throw new IllegalArgumentException("a " + type + " is wanted, found a " + term.type());
        }
        return term;
    }

    private Term comparison() {
        if (take("!", "not")) {
            if (++depth > MAX_DEPTH) {
                throw new IllegalArgumentException("nested more than " + MAX_DEPTH + " deep");
            }
            Term negated = bool(comparison()).not();
            depth--;
            return negated;
        }
        Term left = primary();
        String operator = peek();
        if (take("==", "!=", "<", "<=", ">", ">=")) {
            return compared(operator, left, primary());
        }
        if (take("in")) {
            return within(left, primary());
        }
        if (operator.equals("not")
                && next + 1 < words.size()
                && words.get(next + 1).text().equals("in")) {
            next += 2;
            return within(left, primary()).not();
        }
        return take("contains", "startsWith", "endsWith", "matches") ? ofTexts(operator, left, primary()) : left;
    }

    private static Term compared(String operator, Term left, Term right) {
        want(right, left.type());
        if (operator.equals("==")) {
            return Term.of(Type.BOOL, left, right, Objects::equals);
        }
        if (operator.equals("!=")) {
            return Term.of(Type.BOOL, left, right, Objects::equals).not();
        }
        want(left, Type.NUMBER);
        return Term.of(Type.BOOL, left, right, (one, other) -> {
            int order = Long.compare((Long) one, (Long) other);
            return switch (operator) {
                case "<" -> order < 0;
                case "<=" -> order <= 0;
                case ">" -> order > 0;
                default -> order >= 0;
            };
        });
    }

    private static Term within(Term left, Term list) {
        want(list, Type.LIST);
        return Term.of(Type.BOOL, left, list, (item, items) -> ((List<?>) items).contains(item));
    }

    private static Term ofTexts(String operator, Term left, Term right) {
        want(left, Type.TEXT);
        want(right, Type.TEXT);
        if (operator.equals("matches")) {
            if (!right.constant()) {
                throw new IllegalArgumentException("matches wants an expression as it is, not worked out");
            }
            LinearPattern pattern = LinearPattern.of((String) right.fixed());
            return Term.of(
                    Type.BOOL,
                    left,
                    right,
                    (text, any) -> pattern.find((String) text).isPresent());
        }
        return Term.of(Type.BOOL, left, right, (text, part) -> switch (operator) {
            case "contains" -> ((String) text).contains((String) part);
            case "startsWith" -> ((String) text).startsWith((String) part);
            default -> ((String) text).endsWith((String) part);
        });
    }

    private Term primary() {
        if (next == words.size()) {
            throw new IllegalArgumentException("a value is wanted, found the end");
        }
        Word word = words.get(next++);
        return switch (word.kind()) {
            case "text" -> Term.constant(Type.TEXT, word.text());
            case "number" -> Term.constant(Type.NUMBER, Long.parseLong(word.text()));
            case "name" -> named(word.text());
            default -> bracketed(word.text());
        };
    }

    private Term named(String name) {
        if (name.equals("true") || name.equals("false")) {
            return Term.constant(Type.BOOL, name.equals("true"));
        }
        if (!take("(")) {
            throw new IllegalArgumentException("\"" + name + "\" is no value; a function wants parentheses");
        }
        return QueryFunctions.call(name, list(")"));
    }

    private Term bracketed(String sign) {
        if (sign.equals("(")) {
            Term inside = or();
            if (!take(")")) {
                throw new IllegalArgumentException("'(' is never closed");
            }
            return inside;
        }
        if (sign.equals("[")) {
            List<Term> items = list("]");
            return new Term(
                    Type.LIST,
                    items.stream().allMatch(Term::lasting),
                    items.stream().allMatch(Term::constant),
                    query -> items.stream()
                            .map(item -> item.value().apply(query))
                            .toList());
        }
        throw new IllegalArgumentException("a value is wanted, found \"" + sign + "\"");
    }

    private List<Term> list(String closing) {
        List<Term> items = new ArrayList<>();
        while (!take(closing)) {
            if (!items.isEmpty() && !take(",")) {
                throw new IllegalArgumentException("',' or '" + closing + "' is wanted in a list");
            }
            items.add(or());
        }
        return items;
    }
}
