package dev.waypost.jfr;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
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

    @Label("Scope")
    String scope = "";

    @Label("Reason")
    String reason = "";

    @Label("Objects")
    long objects;

    @Label("Octets")
    @DataAmount
    long octets;

    /** An event that begins now. */
    public ListEvent() {
        begin();
    }

    /**
     * Ends it and tells a recording, if there is one.
     *
     * @param resource the resource, e.g. {@code services}
     * @param scope the namespace, and the service, that it was listed of; empty for all
     * @param reason why it was listed
     * @param objects how many objects came
     * @param octets how much was read for it
     */
    public void end(String resource, String scope, String reason, long objects, long octets) {
        if (shouldCommit()) {
            this.resource = resource;
            this.scope = scope;
            this.reason = reason;
            this.objects = objects;
            this.octets = octets;
            commit();
        }
    }
}
