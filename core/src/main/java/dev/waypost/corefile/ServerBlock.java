package dev.waypost.corefile;

import java.util.List;

/**
 * One server block, everything imported: who it is for and what it does.
 *
 * @param keys {@code [SCHEME://]ZONE[:PORT]}, at least one
 * @param directives in the order of the file
 */
record ServerBlock(List<Token> keys, List<Statement> directives) {
    ServerBlock {
        keys = List.copyOf(keys);
        directives = List.copyOf(directives);
    }
}
