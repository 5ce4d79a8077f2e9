package dev.waypost.forwarding;

import java.util.function.Consumer;

/**
 * One try: what is asked, how, and who is told.
 *
 * @param edns whether the query carries OPT
 * @param deadlineNanos when the try has failed
 * @param done told once, on the loop's thread
 */
record Ask(Question question, boolean edns, long deadlineNanos, Consumer<Outcome> done) {}
