package dev.waypost.kubernetes.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the notation of label selectors as the API server does. For one text. */
final class SelectorReader {
    private static final int MOST_NAME = 63;
    private static final int MOST_PREFIX = 253;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?");
    private static final Pattern PREFIX =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final String SIGNS = "=!(),<>";

    private final String text;
    private int at;

    SelectorReader(String text) {
        this.text = text;
    }

    List<LabelSelector.Requirement> requirements() throws LabelSelector.Fault {
        List<LabelSelector.Requirement> all = new ArrayList<>();
        do {
            all.add(requirement());
        } while (take(","));
        if (!isAtEnd()) {
            throw wanted("',' or the end");
        }
        return all;
    }

    private LabelSelector.Requirement requirement() throws LabelSelector.Fault {
        if (take("!")) {
            return new LabelSelector.There(key(), false);
        }
        String key = key();
        if (isAtEnd() || text.charAt(at) == ',') {
            return new LabelSelector.There(key, true);
        }
        if (take("!=")) {
            return new LabelSelector.NoneOf(key, Set.of(value()));
        }
        if (take("==") || take("=")) {
            return new LabelSelector.OneOf(key, Set.of(value()));
        }
        if (takeWord("in")) {
            return new LabelSelector.OneOf(key, values());
        }
        if (takeWord("notin")) {
            return new LabelSelector.NoneOf(key, values());
        }
        throw wanted("'=', '==', '!=', 'in' or 'notin'");
    }

    private Set<String> values() throws LabelSelector.Fault {
        if (!take("(")) {
            throw wanted("'('");
        }
        isAtEnd();
        if (text.startsWith(")", at)) {
            throw wanted("a value");
        }
        Set<String> values = new LinkedHashSet<>();
        do {
            values.add(value());
        } while (take(","));
        if (!take(")")) {
            throw wanted("',' or ')'");
        }
        return values;
    }

    private String key() throws LabelSelector.Fault {
        isAtEnd();
        int begin = at;
        String key = word();
        int slash = key.indexOf('/');
        String prefix = slash < 0 ? "" : key.substring(0, slash);
        boolean prefixed = slash < 0
                || prefix.length() <= MOST_PREFIX && PREFIX.matcher(prefix).matches();
        if (!prefixed || key.isEmpty() || !isName(key.substring(slash + 1))) {
            at = begin;
            throw wanted("a label's key");
        }
        return key;
    }

    /** A value may be empty. */
    private String value() throws LabelSelector.Fault {
        isAtEnd();
        int begin = at;
        String value = word();
        if (!value.isEmpty() && !isName(value)) {
            at = begin;
            throw wanted("a label's value");
        }
        return value;
    }

    private static boolean isName(String word) {
        return word.length() <= MOST_NAME && NAME.matcher(word).matches();
    }

    /** The characters up to the next sign or space; none where one stands here. */
    private String word() {
        int begin = at;
        while (at < text.length() && !isSpace() && SIGNS.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(begin, at);
    }

    private boolean take(String sign) {
        boolean taken = !isAtEnd() && text.startsWith(sign, at);
        at += taken ? sign.length() : 0;
        return taken;
    }

    private boolean takeWord(String wanted) {
        isAtEnd();
        int begin = at;
        boolean taken = word().equals(wanted);
        at = taken ? at : begin;
        return taken;
    }

    /** Whether nothing but space follows; passes over the space. */
    private boolean isAtEnd() {
        while (at < text.length() && isSpace()) {
            at++;
        }
        return at == text.length();
    }

    private boolean isSpace() {
        return Character.isWhitespace(text.charAt(at));
    }

    private LabelSelector.Fault wanted(String what) {
        boolean ended = isAtEnd();
        int begin = at;
        String word = ended ? "" : word();
        String found = word.isEmpty() && !ended ? text.substring(begin, begin + 1) : Excerpt.of(word);
        return new LabelSelector.Fault("wants " + what + ", found " + (ended ? "the end" : '"' + found + '"'), begin);
    }
}
