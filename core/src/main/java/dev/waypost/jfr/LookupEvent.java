package dev.waypost.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** A look-up by text. Begin it before the work, end it after; it costs next to nothing while nobody records. */
@Name("dev.waypost.Lookup")
@Label("Look-up")
@Description("A look-up by text through the engine's own API")
@Category("Waypost")
public final class LookupEvent extends Event {
    @Label("Question")
    String question = "";

    @Label("Outcome")
    String outcome = "";

    @Label("Remembered")
    boolean remembered;

    /** An event that begins now. */
    public LookupEvent() {
        begin();
    }

    /**
     * Ends it and tells a recording, if there is one.
     *
     * @param question what was asked, as text
     * @param outcome what it came to, as text
     * @param remembered whether an earlier outcome was repeated
     */
    public void end(String question, String outcome, boolean remembered) {
        if (shouldCommit()) {
            this.question = question;
            this.outcome = outcome;
            this.remembered = remembered;
            commit();
        }
    }
}
