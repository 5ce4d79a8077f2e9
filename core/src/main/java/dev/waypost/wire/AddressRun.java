package dev.waypost.wire;

/**
 * The address records of one RRset in a reply: {@code count} records of equal length side by side, so that any of them
 * can come first by two copies.
 *
 * @param offset where the first begins
 * @param recordOctets octets of each
 * @param count how many, at least 2
 */
record AddressRun(int offset, int recordOctets, int count) {
    /** Copies the run, the given record first and the others behind it in their order, around the end. */
    void copy(byte[] from, byte[] to, int first) {
        int head = first * recordOctets;
        int tail = count * recordOctets - head;
        System.arraycopy(from, offset + head, to, offset, tail);
        System.arraycopy(from, offset, to, offset + tail, head);
    }
}
