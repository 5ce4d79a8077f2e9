/**
 * Regular expressions from configurations for texts that clients choose: Go's syntax, as Corefiles have them, matched in
 * time that grows with the text and not faster.
 *
 * <pre>
 *   "(a|b)+[.]x" ──► ExpressionReader ──► Node tree ──► Program ──► Machine ──► Match
 *                        once, when a configuration is read          for each text
 * </pre>
 *
 * Start reading at {@link dev.waypost.layer.pattern.LinearPattern}.
 */
@NullMarked
package dev.waypost.layer.pattern;

import org.jspecify.annotations.NullMarked;
