package dev.waypost.jvm;

/**
 * Whether the JVM's look-ups reach the engine, each of them, and if not, what to do.
 *
 * @param active whether the JDK chose Waypost's provider and asks it
 * @param uncached whether the JDK keeps no answers above it: only then is a change in the very next look-up
 * @param remedy what to do where one of the two is not so; empty where both are
 */
public record Installation(boolean active, boolean uncached, String remedy) {}
