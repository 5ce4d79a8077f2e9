package dev.waypost.lookup;

/** A watch on a question. Closing it ends it: nothing is delivered after {@link #close} returned on the listener's thread. */
public interface Subscription extends AutoCloseable {
    /** Ends the watch and leaves nothing behind. Never throws; closing twice does no harm. */
    @Override
    void close();
}
