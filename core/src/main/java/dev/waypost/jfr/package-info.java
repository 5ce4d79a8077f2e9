/**
 * What Waypost does, as events of the JDK's Flight Recorder: off unless a recording asks for them, and then with the stack
 * of the caller.
 *
 * <pre>
 *   dev.waypost.Lookup     a look-up by text: what was asked, what it came to, whether it was remembered
 *   dev.waypost.Upstream   one query to an upstream: which, by what, its RCODE
 *   dev.waypost.List       a list of a watched resource: why, how many objects, how many octets
 *   dev.waypost.Replace    another plan took over, or was refused
 * </pre>
 *
 * Start reading at {@link dev.waypost.jfr.LookupEvent}.
 */
@NullMarked
package dev.waypost.jfr;

import org.jspecify.annotations.NullMarked;
