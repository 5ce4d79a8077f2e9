package dev.waypost.zone;

import dev.waypost.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the octets of a zone file into entries: comments, quotes, escapes, parentheses, line ends (RFC 1035 section 5.1).
 * For one thread. What it keeps at a time is one entry, of bounded size.
 */
final class ZoneFileLexer {
    /** The most that RDATA of 65535 octets can take in text, each octet as {@code \DDD}. */
    private static final int MOST_ENTRY_CHARACTERS = 65_535 * 4;

    private static final int END = -1;
    private static final int[] UTF_8_MARK = {0xEF, 0xBB, 0xBF};

    private final InputStream octets;
    private final String source;
    private final OctetBound bound;
    private int next;
    private int line = 1;
    private int column = 1;
    private int entryCharacters;

    /**
     * @param octets read to its end and not closed; buffered, as it is read octet by octet
     */
    ZoneFileLexer(InputStream octets, String source, OctetBound bound) throws IOException {
        this.octets = octets;
        this.source = source;
        this.bound = bound;
        this.next = octets.read();
        skipByteOrderMark();
    }

    /** Editors put it there and the RFC knows none; UTF-16 cannot be meant, as names are octets. */
    private void skipByteOrderMark() throws IOException {
        if (next == 0xFE || next == 0xFF) {
            throw fault(1, 1, "a zone file wants ASCII or UTF-8, found the mark of UTF-16");
        }
        if (next != UTF_8_MARK[0]) {
            return;
        }
        for (int octet : UTF_8_MARK) {
            if (next != octet) {
                throw fault(1, 1, "a zone file wants ASCII or UTF-8, found half a byte order mark");
            }
            next = octets.read();
        }
    }

    /** The next entry, or null at the end of the file. */
    @Nullable
    ZoneFileEntry entry() throws IOException {
        List<ZoneFileWord> words = new ArrayList<>();
        boolean ownerOmitted = false;
        ZoneFileWord open = null;
        entryCharacters = 0;
        while (next != END) {
            int at = column;
            if (next == '\n') {
                take();
                if (open == null && !words.isEmpty()) {
                    return new ZoneFileEntry(words, ownerOmitted);
                }
                ownerOmitted = open != null && ownerOmitted;
            } else if (next == ' ' || next == '\t' || next == '\r') {
                take();
                ownerOmitted |= at == 1 && words.isEmpty() && open == null;
            } else if (next == ';') {
                skipComment();
            } else if (next == '(' || next == ')') {
                if (at == 1 && words.isEmpty() && open == null && next == '(') {
                    throw fault(line, 1, "an entry wants its owner or white space first, found '('");
                }
                open = parenthesis(open);
            } else {
                words.add(next == '"' ? quoted() : unquoted());
            }
        }
        if (open != null) {
            throw open.fault("'(' wants its ')', found the end of the file");
        }
        return words.isEmpty() ? null : new ZoneFileEntry(words, ownerOmitted);
    }

    private @Nullable ZoneFileWord parenthesis(@Nullable ZoneFileWord open) throws IOException {
        ZoneFileWord here = new ZoneFileWord(String.valueOf((char) next), false, source, line, column);
        if (next == '(' && open != null) {
            throw here.fault("parentheses want not to be nested, found '(' after the one of line " + open.line());
        }
        if (next == ')' && open == null) {
            throw here.fault("')' wants a '(' before it, found none");
        }
        take();
        return open == null ? here : null;
    }

    private void skipComment() throws IOException {
        while (next != '\n' && next != END) {
            take();
        }
    }

    private ZoneFileWord quoted() throws IOException {
        int atLine = line;
        int atColumn = column;
        take();
        StringBuilder text = new StringBuilder();
        while (next != '"') {
            if (next == END || next == '\n') {
                throw fault(atLine, atColumn, "a quote wants its end on the same line, found none");
            }
            character(text);
        }
        take();
        return new ZoneFileWord(text.toString(), true, source, atLine, atColumn);
    }

    private ZoneFileWord unquoted() throws IOException {
        int atLine = line;
        int atColumn = column;
        StringBuilder text = new StringBuilder();
        while (next != END && " \t\r\n;()\"".indexOf(next) < 0) {
            character(text);
        }
        return new ZoneFileWord(text.toString(), false, source, atLine, atColumn);
    }

    /** One character or escape; an octet outside of printable ASCII becomes an escape, so that no charset touches it. */
    private void character(StringBuilder text) throws IOException {
        int octet = take();
        boolean escaped = octet == '\\';
        if (escaped) {
            if (next == END || next == '\n' || next == '\r') {
                throw fault(line, column, "'\\' wants a character after it, found the end of the line");
            }
            octet = take();
        }
        if (octet < ' ' || octet > '~') {
            text.append(String.format("\\%03d", octet));
        } else {
            text.append(escaped ? "\\" : "").append((char) octet);
        }
        if (++entryCharacters > MOST_ENTRY_CHARACTERS) {
            throw fault(line, column, "an entry wants at most " + MOST_ENTRY_CHARACTERS + " characters, found more");
        }
    }

    private int take() throws IOException {
        int taking = next;
        next = octets.read();
        if (!bound.take()) {
            throw fault(line, column, "a zone wants at most " + bound.most() + " octets of files, found more");
        }
        if (taking == 0) {
            throw fault(line, column, "a zone file wants text, found an octet of zero");
        }
        column++;
        if (taking == '\n') {
            line++;
            column = 1;
        }
        return taking;
    }

    private ConfigurationException fault(int atLine, int atColumn, String message) {
        return ConfigurationException.at(source, atLine, atColumn, message);
    }
}
