/**
 * Rules that change what is asked and what is answered, unseen by the client (CoreDNS's {@code rewrite}).
 *
 * <pre>
 *   query    ──► rule 1 ──► rule 2 ──► rule 3 (the last that fits, unless it says to go on) ──► resolver
 *   response ◄── back 1 ◄── back 2 ◄── back 3 ◄──────────────────────────────────────────────────┘
 * </pre>
 *
 * Start reading at {@link dev.waypost.layer.rewrite.RewriteLayer}.
 */
@NullMarked
package dev.waypost.layer.rewrite;

import org.jspecify.annotations.NullMarked;
