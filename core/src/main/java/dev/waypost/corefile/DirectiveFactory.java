package dev.waypost.corefile;

/**
 * Understands one Corefile directive; found through {@link java.util.ServiceLoader}, so that a module brings its own.
 *
 * <p>A factory has no state. {@link #configure} only describes: it may read files, and must not open a socket, start a
 * thread or keep anything outside the {@link BlockContext}; a configuration is also built only to be checked.
 */
public interface DirectiveFactory {
    /** The directive's keyword, e.g. {@code forward}. */
    String name();

    /**
     * In front of which directive of CoreDNS this one takes part; asked only of a keyword that CoreDNS has not. Without
     * an answer of its own it stands where all local sources have fallen through and the query is about to leave.
     */
    default String before() {
        return "forward";
    }

    /**
     * Adds one directive to its server block.
     *
     * @param directive the keyword, its arguments and its braces
     * @param block what the directive belongs to and adds to
     * @throws dev.waypost.ConfigurationException for anything it does not understand, with the place of the token
     */
    void configure(Statement directive, BlockContext block);
}
