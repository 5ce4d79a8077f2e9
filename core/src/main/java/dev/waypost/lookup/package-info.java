/**
 * What a program asks of an engine: questions by text, their outcomes, and word of every change.
 *
 * <pre>
 *   Question ──► Lookups ── remembered and still true ──► Lookup
 *      │            │ otherwise
 *      │            └─► SearchList ─► Resolver (A and AAAA of one moment) ─► Lookup, with its Freshness
 *      └──► Watches ──► Lookup, and again whenever its Freshness ends
 * </pre>
 *
 * Nothing here knows where records come from: it works over any {@link dev.waypost.Resolver}. Start reading at {@link
 * dev.waypost.lookup.Question}.
 */
@NullMarked
package dev.waypost.lookup;

import org.jspecify.annotations.NullMarked;
