package dev.waypost.jvm;

/**
 * Whether the JVM's look-ups reach the engine.
 *
 * @param active whether they do
 * @param remedy what to do where they do not; empty when active
 */
public record Installation(boolean active, String remedy) {}
