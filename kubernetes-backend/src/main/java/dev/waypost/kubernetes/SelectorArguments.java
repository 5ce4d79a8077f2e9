package dev.waypost.kubernetes;

import dev.waypost.corefile.Statement;
import dev.waypost.corefile.Token;
import dev.waypost.kubernetes.model.LabelSelector;
import java.util.stream.Collectors;

/** A label selector in a Corefile: the words of a line, whatever spaces are in it. */
final class SelectorArguments {
    private static final String SPACE = " ";

    private SelectorArguments() {}

    /** The selector's text; a fault in it is told with the place of the word it stands in. */
    static String checked(Statement option) {
        String text = option.arguments().stream().map(Token::text).collect(Collectors.joining(SPACE));
        try {
            LabelSelector.parse(text);
            return text;
        } catch (LabelSelector.Fault fault) {
            throw wordAt(option, fault.offset()).fault("'" + option.name() + "' " + fault.getMessage());
        }
    }

    private static Token wordAt(Statement option, int offset) {
        int begin = 0;
        Token word = option.keyword();
        for (Token each : option.arguments()) {
            word = each;
            if (offset <= begin + each.text().length()) {
                break;
            }
            begin += each.text().length() + SPACE.length();
        }
        return new Token(word.text(), word.source(), word.line(), word.column() + offset - begin);
    }
}
