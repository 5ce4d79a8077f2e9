package dev.waypost.corefile.directive;

import dev.waypost.ConfigurationException;
import dev.waypost.corefile.Token;
import dev.waypost.tsig.TsigAlgorithm;
import dev.waypost.tsig.TsigKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * Keys as named.conf has them: {@code key "NAME" { algorithm hmac-sha256; secret "BASE64"; };}, with its comments. For one
 * thread, used once.
 */
final class KeyFile {
    private static final int MOST_OCTETS = 1 << 20;

    /** A comment, a quoted string, a mark, or a word. */
    private static final Pattern WORD = Pattern.compile(
            "(?<comment>#[^\\n]*|//[^\\n]*|/\\*(?s:.*?)\\*/)|\"(?<quoted>[^\"\\n]*)\"|[{};\"]|[^\\s{};\"]+");

    private final List<Token> words;
    private final String source;
    private int next;

    private KeyFile(List<Token> words, String source) {
        this.words = words;
        this.source = source;
    }

    /**
     * The keys of a file.
     *
     * @throws ConfigurationException for a file that cannot be read or used; the message tells no secret
     */
    static List<TsigKey> read(Path file) {
        String source = file.toString();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] octets = in.readNBytes(MOST_OCTETS + 1);
            if (octets.length > MOST_OCTETS) {
                throw ConfigurationException.of(source, "a file of keys wants at most " + MOST_OCTETS + " octets");
            }
            return new KeyFile(words(new String(octets, StandardCharsets.UTF_8), source), source).keys();
        } catch (IOException unreadable) {
            throw ConfigurationException.of(source, "a file of keys is wanted, found " + unreadable, unreadable);
        }
    }

    private static List<Token> words(String text, String source) {
        List<Token> words = new ArrayList<>();
        Matcher word = WORD.matcher(text);
        int line = 1;
        int lineStart = 0;
        int seen = 0;
        while (word.find()) {
            for (; seen < word.start(); seen++) {
                if (text.charAt(seen) == '\n') {
                    line++;
                    lineStart = seen + 1;
                }
            }
            if (word.group("comment") == null) {
                String quoted = word.group("quoted");
                words.add(
                        new Token(quoted == null ? word.group() : quoted, source, line, word.start() - lineStart + 1));
            }
        }
        return words;
    }

    private List<TsigKey> keys() {
        List<TsigKey> keys = new ArrayList<>();
        while (next < words.size()) {
            expect("key");
            keys.add(key());
        }
        return keys;
    }

    private TsigKey key() {
        Token named = take("a key's name");
        Name name = named.name("key");
        TsigAlgorithm algorithm = TsigAlgorithm.HMAC_SHA256;
        Token secret = null;
        expect("{");
        for (Token option = take("}"); !option.text().equals("}"); option = take("}")) {
            switch (option.text()) {
                case "algorithm" -> algorithm = TsigDirective.algorithm(take("an algorithm"));
                case "secret" -> secret = take("a secret");
                default -> throw option.unexpected("key", "algorithm or secret");
            }
            expect(";");
        }
        if (next < words.size() && words.get(next).text().equals(";")) {
            next++;
        }
        return key(named, name, algorithm, secret);
    }

    private static TsigKey key(Token named, Name name, TsigAlgorithm algorithm, @Nullable Token secret) {
        if (secret == null) {
            throw named.fault("key " + name + " wants a secret, found none");
        }
        try {
            return TsigKey.of(name, algorithm, secret.text());
        } catch (IllegalArgumentException unusable) {
            throw secret.fault(String.valueOf(unusable.getMessage()));
        }
    }

    private void expect(String text) {
        Token found = take("\"" + text + "\"");
        if (!found.text().equals(text)) {
            throw found.fault("\"" + text + "\" is wanted here, found something else"); // it may be a secret
        }
    }

    private Token take(String wanted) {
        if (next == words.size()) {
            throw ConfigurationException.of(source, "a file of keys wants " + wanted + ", found its end");
        }
        return words.get(next++);
    }
}
