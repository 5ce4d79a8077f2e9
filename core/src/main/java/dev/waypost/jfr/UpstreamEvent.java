package dev.waypost.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** One query to one upstream. Begin it before the work, end it after; it costs next to nothing while nobody records. */
@Name("dev.waypost.Upstream")
@Label("Upstream query")
@Description("One query to an upstream")
@Category("Waypost")
@StackTrace(false)
public final class UpstreamEvent extends Event {
    @Label("Upstream")
    String upstream = "";

    @Label("Question")
    String question = "";

    @Label("Outcome")
    String outcome = "";

    /** An event that begins now. */
    public UpstreamEvent() {
        begin();
    }

    /**
     * Ends it and tells a recording, if there is one.
     *
     * @param upstream the server that was asked
     * @param question name and type
     * @param outcome the RCODE, or why there is none
     */
    public void end(String upstream, String question, String outcome) {
        if (shouldCommit()) {
            this.upstream = upstream;
            this.question = question;
            this.outcome = outcome;
            commit();
        }
    }
}
