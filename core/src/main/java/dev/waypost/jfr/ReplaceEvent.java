package dev.waypost.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A change of an engine's plan. Begin it before the work, end it after; it costs next to nothing while nobody records. */
@Name("dev.waypost.Replace")
@Label("Plan replaced")
@Description("Another plan took over, or was refused")
@Category("Waypost")
@StackTrace(false)
public final class ReplaceEvent extends Event {
    @Label("Outcome")
    String outcome = "";

    /** An event that begins now. */
    public ReplaceEvent() {
        begin();
    }

    /**
     * Ends it and tells a recording, if there is one.
     *
     * @param outcome {@code replaced}, or why not
     */
    public void end(String outcome) {
        if (shouldCommit()) {
            this.outcome = outcome;
            commit();
        }
    }
}
