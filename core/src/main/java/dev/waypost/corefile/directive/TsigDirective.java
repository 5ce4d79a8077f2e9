package dev.waypost.corefile.directive;

import dev.waypost.ConfigurationException;
import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.DirectiveFactory;
import dev.waypost.corefile.Statement;
import dev.waypost.corefile.Token;
import dev.waypost.tsig.TsigAlgorithm;
import dev.waypost.tsig.TsigKey;
import dev.waypost.tsig.TsigLayer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.xbill.DNS.Name;
import org.xbill.DNS.Opcode;

/**
 * {@code tsig [ZONES...] { secret NAME KEY [ALGORITHM]; secrets FILE; require QTYPE...; require_opcode OPCODE... }}: keys
 * that queries may be signed with, and which must be (RFC 8945).
 */
public final class TsigDirective implements DirectiveFactory {
    private static final Set<Integer> OPCODES =
            Set.of(Opcode.QUERY, Opcode.IQUERY, Opcode.STATUS, Opcode.NOTIFY, Opcode.UPDATE);

    @Override
    public String name() {
        return "tsig";
    }

    @Override
    public void configure(Statement directive, BlockContext block) {
        if (block.inBlock(Once.class, () -> new Once(directive)).first != directive) {
            throw directive.keyword().fault("'tsig' wants to stand once in a server block, found a second");
        }
        IntPredicate types = type -> false;
        Set<Integer> opcodes = Set.of();
        for (Statement option : directive.block()) {
            option.wantNoBlock();
            switch (option.name()) {
                case "secret" -> add(secret(option), option.keyword(), block);
                case "secrets" -> secrets(option, block);
                case "require" -> types = types(option);
                case "require_opcode" -> opcodes = opcodes(option);
                default -> throw option.unknownIn(directive);
            }
        }
        IntPredicate questions = opcodes.contains(Opcode.QUERY) ? type -> true : types;
        List<Name> zones = block.zonesOf(directive.arguments());
        Set<Name> keys = block.tsig().names();
        block.layer(new TsigLayer(zones, questions, keys));
        if (opcodes.contains(Opcode.NOTIFY)) {
            block.notified(new TsigLayer(zones, type -> true, keys));
        }
    }

    private static void add(TsigKey key, Token place, BlockContext block) {
        if (block.tsig().find(key.name()).isPresent()) {
            throw place.fault("key " + key.name() + " wants to be defined once, found it a second time");
        }
        block.tsig(key);
    }

    private static TsigKey secret(Statement option) {
        List<Token> words = option.arguments();
        if (words.size() < 2 || words.size() > 3) {
            throw option.keyword().fault("'secret' wants NAME KEY [ALGORITHM], found " + words.size() + " arguments");
        }
        TsigAlgorithm algorithm = words.size() < 3 ? TsigAlgorithm.HMAC_SHA256 : algorithm(words.get(2));
        try {
            return TsigKey.of(
                    words.get(0).name("secret"), algorithm, words.get(1).text());
        } catch (IllegalArgumentException unusable) {
            throw words.get(1).fault(String.valueOf(unusable.getMessage()));
        }
    }

    static TsigAlgorithm algorithm(Token name) {
        return TsigAlgorithm.of(name.name("algorithm"))
                .orElseThrow(() -> name.unexpected(
                        "algorithm", "hmac-sha1, hmac-sha224, hmac-sha256, hmac-sha384 or hmac-sha512"));
    }

    private static void secrets(Statement option, BlockContext block) {
        Token file = option.onlyArgument("a file of keys");
        List<TsigKey> keys;
        try {
            keys = KeyFile.read(block.path(file));
        } catch (ConfigurationException unusable) {
            throw file.fault("'secrets' cannot use this file: " + unusable.getMessage());
        }
        keys.forEach(key -> add(key, file, block));
    }

    private static IntPredicate types(Statement option) {
        List<Token> words = words(option);
        if (isOnly("all", words)) {
            return type -> true;
        }
        if (isOnly("none", words)) {
            return type -> false;
        }
        Set<Integer> types = words.stream().map(Tokens::type).collect(Collectors.toCollection(HashSet::new));
        return types::contains;
    }

    private static Set<Integer> opcodes(Statement option) {
        List<Token> words = words(option);
        if (isOnly("all", words)) {
            return OPCODES;
        }
        if (isOnly("none", words)) {
            return Set.of();
        }
        return words.stream().map(TsigDirective::opcode).collect(Collectors.toUnmodifiableSet());
    }

    private static int opcode(Token word) {
        int opcode = word.text().matches("[A-Za-z]+") ? Opcode.value(word.text().toUpperCase(Locale.ROOT)) : -1;
        if (!OPCODES.contains(opcode)) {
            throw word.unexpected("require_opcode", "all, none, or QUERY, IQUERY, STATUS, NOTIFY, UPDATE");
        }
        return opcode;
    }

    private static List<Token> words(Statement option) {
        if (option.arguments().isEmpty()) {
            throw option.keyword().fault("'" + option.name() + "' wants at least one word behind it, found nothing");
        }
        return option.arguments();
    }

    private static boolean isOnly(String word, List<Token> words) {
        return words.size() == 1 && words.get(0).text().equals(word);
    }

    /** The one {@code tsig} of a server block. */
    private record Once(Statement first) {}
}
