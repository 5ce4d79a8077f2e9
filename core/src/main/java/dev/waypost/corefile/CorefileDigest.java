package dev.waypost.corefile;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What a Corefile or one of its server blocks says, in short: equal for two that say the same, imports and variables put
 * in, comments and layout left out. A Corefile's is attached to every plan, so that {@code reload} can see whether
 * something changed.
 *
 * @param sha512 128 hexadecimal digits
 */
public record CorefileDigest(String sha512) {
    static CorefileDigest of(List<ServerBlock> blocks) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-512");
            for (ServerBlock block : blocks) {
                tokens(block.keys(), digest);
                statements(block.directives(), digest);
            }
            return new CorefileDigest(HexFormat.of().formatHex(digest.digest()));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible); // every Java platform has SHA-512
        }
    }

    private static void statements(List<Statement> statements, MessageDigest digest) {
        number(statements.size(), digest);
        for (Statement statement : statements) {
            tokens(List.of(statement.keyword()), digest);
            tokens(statement.arguments(), digest);
            statements(statement.block(), digest);
        }
    }

    /** Every list and word with its length in front, so that no two Corefiles run into the same octets. */
    private static void tokens(List<Token> tokens, MessageDigest digest) {
        number(tokens.size(), digest);
        for (Token token : tokens) {
            byte[] octets = token.text().getBytes(StandardCharsets.UTF_8);
            number(octets.length, digest);
            digest.update(octets);
        }
    }

    private static void number(int value, MessageDigest digest) {
        digest.update((byte) (value >>> 24));
        digest.update((byte) (value >>> 16));
        digest.update((byte) (value >>> 8));
        digest.update((byte) value);
    }
}
