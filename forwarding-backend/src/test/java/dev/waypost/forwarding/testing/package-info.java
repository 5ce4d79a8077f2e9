/**
 * An upstream on 127.0.0.1 that does what a test tells it: honest, broken or hostile. Start reading at {@link
 * dev.waypost.forwarding.testing.ScriptedUpstream}.
 */
@NullMarked
package dev.waypost.forwarding.testing;

import org.jspecify.annotations.NullMarked;
