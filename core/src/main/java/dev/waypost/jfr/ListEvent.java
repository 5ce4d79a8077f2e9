package dev.waypost.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A list of a watched resource. Begin it before the work, end it after; it costs next to nothing while nobody records. */
@Name("dev.waypost.List")
@Label("List")
@Description("A list of a watched resource")
@Category("Waypost")
@StackTrace(false)
public final class ListEvent extends Event {
    @Label("Resource")
    String resource = "";

    @Label("Reason")
    String reason = "";

    @Label("Objects")
    long objects;

    /** An event that begins now. */
    public ListEvent() {
        begin();
    }

    /**
     * Ends it and tells a recording, if there is one.
     *
     * @param resource the resource, and its namespace where it has one
     * @param reason why it was listed
     * @param objects how many objects came
     */
    public void end(String resource, String reason, long objects) {
        if (shouldCommit()) {
            this.resource = resource;
            this.reason = reason;
            this.objects = objects;
            commit();
        }
    }
}
