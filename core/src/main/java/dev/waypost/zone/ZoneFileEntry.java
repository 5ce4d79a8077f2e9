package dev.waypost.zone;

import java.util.List;

/**
 * One entry of a zone file: a line, or the lines that parentheses make one (RFC 1035 section 5.1).
 *
 * @param words at least one
 * @param ownerOmitted whether the line begins with white space, so that the last owner is meant
 */
record ZoneFileEntry(List<ZoneFileWord> words, boolean ownerOmitted) {
    ZoneFileEntry {
        words = List.copyOf(words);
    }

    ZoneFileWord first() {
        return words.get(0);
    }
}
