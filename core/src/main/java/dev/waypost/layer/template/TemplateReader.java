package dev.waypost.layer.template;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a template: text with actions in double braces, as Go's text/template has them.
 *
 * <p>There are {@code if}, {@code with}, {@code range}, variables, pipelines and the functions of {@link Functions}; no
 * named templates.
 */
final class TemplateReader {
    private static final int MAX_DEPTH = 50;
    private static final Node NOTHING = new Node.Sequence(List.of());

    private final String text;
    private int at;
    private int depth;
    private boolean trimNext;

    TemplateReader(String text) {
        this.text = text;
    }

    /**
     * The whole template.
     *
     * @throws TemplateFault for one that cannot be read
     */
    Node read() {
        List<Node> parts = new ArrayList<>();
        ActionWords ending = parts(parts);
        if (ending != null) {
            throw new TemplateFault("\"" + ending.peek().text() + "\" stands outside of if, with and range");
        }
        return new Node.Sequence(parts);
    }

    /** Reads up to an {@code end} or {@code else}. @return that action, or null at the end of the text. */
    private @Nullable ActionWords parts(List<Node> parts) {
        if (++depth > MAX_DEPTH) {
            throw new TemplateFault("actions are nested more than " + MAX_DEPTH + " deep");
        }
        while (at < text.length()) {
            int open = text.indexOf("{{", at);
            plain(text.substring(at, open < 0 ? text.length() : open), open, parts);
            if (open < 0) {
                at = text.length();
                break;
            }
            String action = action(open);
            if (action.isBlank() || isComment(action)) {
                if (action.isBlank()) {
                    throw new TemplateFault("an action is empty");
                }
                continue;
            }
            ActionWords words = new ActionWords(action);
            if (words.peek().isName("end") || words.peek().isName("else")) {
                depth--;
                return words;
            }
            parts.add(node(words));
        }
        depth--;
        return null;
    }

    private static boolean isComment(String action) {
        return action.strip().startsWith("/*") && action.strip().endsWith("*/");
    }

    private void plain(String literal, int open, List<Node> parts) {
        String kept = trimNext ? literal.stripLeading() : literal;
        boolean trim = open >= 0 && text.startsWith("{{- ", open);
        kept = trim ? kept.stripTrailing() : kept;
        trimNext = false;
        if (!kept.isEmpty()) {
            parts.add(new Node.Plain(kept));
        }
    }

    /** The inside of the action that opens here; goes behind it. */
    private String action(int open) {
        int from = open + 2 + (text.startsWith("{{- ", open) ? 1 : 0);
        int close = closing(from);
        at = close + 2;
        trimNext = text.startsWith(" -", close - 2) && close - 2 >= from;
        return text.substring(from, trimNext ? close - 1 : close);
    }

    /** Where the action's braces close; those in quotes do not. */
    private int closing(int from) {
        char quote = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote == 0 && text.startsWith("}}", i)) {
                return i;
            }
            if (quote == 0 && (c == '"' || c == '`' || c == '\'')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            } else if (c == '\\' && quote != 0 && quote != '`') {
                i++;
            }
        }
        throw new TemplateFault("'{{' is never closed");
    }

    private Node node(ActionWords words) {
        if (words.takeName("if")) {
            return condition(words, false);
        }
        if (words.takeName("with")) {
            return condition(words, true);
        }
        if (words.takeName("range")) {
            return loop(words);
        }
        if (words.atVariableAnd(":=", "=")) {
            String variable = words.next().text();
            words.next();
            return new Node.Assignment(variable, whole(words));
        }
        return new Node.Output(whole(words));
    }

    private static Expression whole(ActionWords words) {
        Expression value = new ExpressionReader(words).pipeline();
        words.end();
        return value;
    }

    private Node condition(ActionWords words, boolean with) {
        Expression condition = whole(words);
        List<Node> inside = new ArrayList<>();
        ActionWords ending = block(inside);
        Node otherwise = NOTHING;
        if (ending.takeName("else")) {
            otherwise = otherwise(ending);
        } else {
            ending.next();
            ending.end();
        }
        return new Node.Condition(condition, with, new Node.Sequence(inside), otherwise);
    }

    /** What stands behind {@code else}, up to its end: a condition again, or parts. */
    private Node otherwise(ActionWords behindElse) {
        if (behindElse.takeName("if")) {
            return condition(behindElse, false);
        }
        if (behindElse.takeName("with")) {
            return condition(behindElse, true);
        }
        behindElse.end();
        List<Node> parts = new ArrayList<>();
        ActionWords ending = block(parts);
        if (!ending.takeName("end")) {
            throw new TemplateFault("one 'else' stands behind another");
        }
        ending.end();
        return new Node.Sequence(parts);
    }

    private ActionWords block(List<Node> inside) {
        ActionWords ending = parts(inside);
        if (ending == null) {
            throw new TemplateFault("if, with or range has no end");
        }
        return ending;
    }

    private Node loop(ActionWords words) {
        String key = null;
        String item = null;
        if (words.atVariableAnd(",")) {
            key = words.next().text();
            words.next();
        }
        if (words.atVariableAnd(":=", "=")) {
            item = words.next().text();
            words.next();
        } else if (key != null) {
            throw new TemplateFault("range wants a second variable and ':=' behind ','");
        }
        Expression items = whole(words);
        List<Node> inside = new ArrayList<>();
        ActionWords ending = block(inside);
        Node otherwise = ending.takeName("else") ? otherwise(ending) : NOTHING;
        return new Node.Loop(key, item, items, new Node.Sequence(inside), otherwise);
    }
}
