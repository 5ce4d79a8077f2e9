package dev.waypost;

import java.time.Duration;

/**
 * Work that an engine repeats on its timer thread while it runs: looking whether a file changed, for instance.
 *
 * @param name what it is, for logs and thread dumps
 * @param interval time from the end of one run to the start of the next
 * @param work must end in bounded time; an exception is reported and the task goes on
 */
public record PeriodicTask(String name, Duration interval, Runnable work) {}
