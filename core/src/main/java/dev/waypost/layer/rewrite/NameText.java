package dev.waypost.layer.rewrite;

import java.util.Locale;
import java.util.Optional;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/** Names as rules see them: in presentation form (RFC 1035 section 5.1), lower case, with the final dot. */
final class NameText {
    private NameText() {}

    static String of(Name name) {
        return name.toString().toLowerCase(Locale.ROOT);
    }

    /** The name of a text, made absolute; empty for a text that is no domain name. */
    static Optional<Name> parse(String text) {
        try {
            return Optional.of(Name.fromString(text, Name.root));
        } catch (TextParseException noName) {
            return Optional.empty();
        }
    }
}
