package dev.waypost.socket.transfer;

import java.time.Duration;

/**
 * How often zones are looked at, and servers told of them.
 *
 * @param look between two looks at the serials
 * @param apart between two words about one zone, at least
 * @param patience until the first repetition of a word; each later one waits twice as long
 */
record NotifyPace(Duration look, Duration apart, Duration patience) {
    static final NotifyPace USUAL = new NotifyPace(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(2));
}
