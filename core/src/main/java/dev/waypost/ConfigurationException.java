package dev.waypost;

import org.jspecify.annotations.Nullable;

/**
 * A configuration, zone file or manifest that cannot be used. The message begins with the place, as
 * {@code Corefile:4:11: 'ttl' wants seconds 0..3600, found "abc"}.
 */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private ConfigurationException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** A fault at a line and column, both counted from 1. */
    public static ConfigurationException at(String source, int line, int column, String fault) {
        return new ConfigurationException(source + ":" + line + ":" + column + ": " + fault, null);
    }

    /** A fault at a line, counted from 1. */
    public static ConfigurationException at(String source, int line, String fault) {
        return new ConfigurationException(source + ":" + line + ": " + fault, null);
    }

    /** A fault of a whole file or of a setting that has no line. */
    public static ConfigurationException of(String source, String fault) {
        return new ConfigurationException(source + ": " + fault, null);
    }

    /** A fault with the exception that showed it. */
    public static ConfigurationException of(String source, String fault, Throwable cause) {
        return new ConfigurationException(source + ": " + fault, cause);
    }
}
