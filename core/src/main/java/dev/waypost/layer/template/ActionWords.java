package dev.waypost.layer.template;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of one action, read from the front. */
final class ActionWords {
    private static final Pattern WORD = Pattern.compile("(?<blank>\\s*)(?:(?<member>\\.[\\p{L}_][\\p{L}\\d_]*)"
            + "|(?<variable>\\$[\\p{L}\\d_]*)|(?<name>[\\p{L}_][\\p{L}\\d_]*)"
            + "|(?<number>[-+]?(?:0[xX][0-9a-fA-F]+|0[oO]?[0-7]+|0[bB][01]+|\\d+))"
            + "|(?<quoted>\"(?:[^\"\\\\]|\\\\.)*\")|(?<raw>`[^`]*`)|(?<letter>'(?:[^'\\\\]|\\\\.)')"
            + "|(?<sign>:=|[.()|,=]))");
    private static final Word END = new Word(Word.Kind.END, "", true);

    private final List<Word> words;
    private int next;

    ActionWords(String action) {
        this.words = split(action);
    }

    private static List<Word> split(String action) {
        List<Word> words = new ArrayList<>();
        Matcher word = WORD.matcher(action);
        int at = 0;
        while (!action.substring(at).isBlank()) {
            if (!word.region(at, action.length()).lookingAt()) {
                throw new TemplateFault("\"" + action.substring(at).strip() + "\" is not understood");
            }
            words.add(word(word));
            at = word.end();
        }
        return words;
    }

    private static Word word(Matcher found) {
        boolean behindBlank = !found.group("blank").isEmpty();
        if (found.group("member") != null) {
            return new Word(Word.Kind.MEMBER, found.group("member").substring(1), behindBlank);
        }
        if (found.group("variable") != null) {
            return new Word(Word.Kind.VARIABLE, found.group("variable"), behindBlank);
        }
        if (found.group("name") != null) {
            return new Word(Word.Kind.NAME, found.group("name"), behindBlank);
        }
        if (found.group("number") != null) {
            return new Word(Word.Kind.NUMBER, number(found.group("number")), behindBlank);
        }
        if (found.group("sign") != null) {
            return new Word(Word.Kind.SIGN, found.group("sign"), behindBlank);
        }
        return literal(found, behindBlank);
    }

    private static Word literal(Matcher found, boolean behindBlank) {
        if (found.group("raw") != null) {
            String raw = found.group("raw");
            return new Word(Word.Kind.TEXT, raw.substring(1, raw.length() - 1), behindBlank);
        }
        String quoted = found.group("quoted") != null ? found.group("quoted") : found.group("letter");
        String text = quoted.substring(1, quoted.length() - 1);
        try {
            text = text.replace("\\'", "'").translateEscapes();
        } catch (IllegalArgumentException unknown) {
            throw new TemplateFault("an escape of " + quoted + " is not understood");
        }
        return found.group("quoted") != null
                ? new Word(Word.Kind.TEXT, text, behindBlank)
                : new Word(Word.Kind.NUMBER, Integer.toString(text.codePointAt(0)), behindBlank);
    }

    private static String number(String literal) {
        String digits = literal.replaceFirst("^([-+]?)0[oO]?(?=[0-7])", "$10");
        try {
            return digits.matches("[-+]?0[bB].*")
                    ? Long.toString(Long.parseLong(digits.replaceFirst("0[bB]", ""), 2))
                    : Long.toString(Long.decode(digits));
        } catch (NumberFormatException tooLarge) {
            throw new TemplateFault(literal + " is too large");
        }
    }

    Word peek() {
        return next < words.size() ? words.get(next) : END;
    }

    Word next() {
        Word word = peek();
        next++;
        return word;
    }

    /** Passes over a sign, if it is there. */
    boolean take(String sign) {
        boolean there = peek().is(sign);
        next += there ? 1 : 0;
        return there;
    }

    /** Passes over a name, if it is there. */
    boolean takeName(String name) {
        boolean there = peek().isName(name);
        next += there ? 1 : 0;
        return there;
    }

    /** Whether a variable and then one of these signs stand next. */
    boolean atVariableAnd(String... signs) {
        Word sign = next + 1 < words.size() ? words.get(next + 1) : END;
        return peek().kind() == Word.Kind.VARIABLE
                && sign.kind() == Word.Kind.SIGN
                && List.of(signs).contains(sign.text());
    }

    /** Refuses words that are left. */
    void end() {
        if (peek().kind() != Word.Kind.END) {
            throw new TemplateFault("\"" + peek().text() + "\" stands where an action should end");
        }
    }
}
