/**
 * An engine inside a program: no socket, no thread to talk to, the answer comes from memory.
 *
 * <p>Start reading at {@link dev.waypost.examples.embedded.EmbeddedMain}.
 */
@NullMarked
package dev.waypost.examples.embedded;

import org.jspecify.annotations.NullMarked;
