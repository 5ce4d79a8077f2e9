package dev.waypost.zone;

/** How many octets the files of one reading may have in all. For one thread. */
final class OctetBound {
    private final long most;
    private long taken;

    OctetBound(long most) {
        this.most = most;
    }

    /** Counts one octet; false when it is one too many. */
    boolean take() {
        return ++taken <= most;
    }

    long most() {
        return most;
    }
}
