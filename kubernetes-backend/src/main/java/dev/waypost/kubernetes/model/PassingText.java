package dev.waypost.kubernetes.model;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** The text that a parser stands at, without a copy; another one as soon as the parser goes on. For one thread. */
final class PassingText implements CharSequence {
    private char[] chars = {};
    private int begin;
    private int length;

    PassingText over(JsonParser json) throws IOException {
        chars = json.getTextCharacters();
        begin = json.getTextOffset();
        length = json.getTextLength();
        return this;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public char charAt(int index) {
        if (index >= length) {
            throw new IndexOutOfBoundsException(index);
        }
        return chars[begin + index];
    }

    @Override
    public CharSequence subSequence(int from, int to) {
        return toString().subSequence(from, to);
    }

    @Override
    public String toString() {
        return new String(chars, begin, length);
    }
}
