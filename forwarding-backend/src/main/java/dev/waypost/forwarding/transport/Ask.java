package dev.waypost.forwarding.transport;

import dev.waypost.forwarding.message.Arrival;
import dev.waypost.forwarding.message.QueryForm;
import dev.waypost.forwarding.message.Question;
import java.util.function.Consumer;

/**
 * One exchange: what is asked, how, and who is told.
 *
 * @param deadlineNanos when it has failed
 * @param done told once, on the loop's thread
 */
public record Ask(Question question, QueryForm form, long deadlineNanos, Consumer<Outcome> done) {
    void failed(Outcome.Cause cause) {
        done.accept(Outcome.failed(cause));
    }

    void replied(Arrival.Ours reply) {
        done.accept(new Outcome.Replied(reply.reply(), reply.recased()));
    }
}
