package dev.waypost.zone;

import dev.waypost.ConfigurationException;

/**
 * One word of a zone file and where it stands.
 *
 * @param text as written, escapes and all, without the quotes; octets outside of printable ASCII as {@code \DDD}
 * @param quoted whether it stood in quotes
 * @param source what faults call the file
 * @param line line, from 1
 * @param column column of its first character, from 1
 */
record ZoneFileWord(String text, boolean quoted, String source, int line, int column) {
    /** Another text in this one's place. */
    ZoneFileWord withText(String other) {
        return new ZoneFileWord(other, quoted, source, line, column);
    }

    /** A fault at this word. */
    ConfigurationException fault(String message) {
        return ConfigurationException.at(source, line, column, message);
    }

    /** As it would be written again. */
    String written() {
        return quoted ? '"' + text + '"' : text;
    }
}
