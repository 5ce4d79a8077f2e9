package dev.waypost.kubernetes.model;

/** The beginning of a text that comes from outside, for a message: a hostile object must not fill the log. */
public final class Excerpt {
    private static final int MOST = 80;

    private Excerpt() {}

    /** The text, or as much of it as a message bears. */
    public static String of(String text) {
        return text.length() <= MOST ? text : text.substring(0, MOST) + "...";
    }
}
