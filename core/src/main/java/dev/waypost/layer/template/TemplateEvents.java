package dev.waypost.layer.template;

import org.xbill.DNS.Name;

/** Hears what templates do: for counters. Called on the thread that answers. */
public interface TemplateEvents {
    /** Hears nothing. */
    TemplateEvents NONE = new TemplateEvents() {};

    /**
     * A rule answers.
     *
     * @param zone the rule's zone that the name is in
     */
    default void matched(TemplateRule rule, Name zone) {}

    /**
     * A template could not be filled.
     *
     * @param section {@code answer}, {@code authority} or {@code additional}
     */
    default void notFilled(TemplateRule rule, Name zone, String section, TemplateText template) {}

    /**
     * What a template was filled to is no record.
     *
     * @param section {@code answer}, {@code authority} or {@code additional}
     */
    default void noRecord(TemplateRule rule, Name zone, String section, TemplateText template) {}
}
