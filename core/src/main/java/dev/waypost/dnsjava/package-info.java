/**
 * The door for users of dnsjava: an engine as an {@code org.xbill.DNS.Resolver}.
 *
 * <pre>
 *   LookupSession ──► Message ──► DnsjavaResolver ──► Query ──► Resolver
 *                 ◄── Message ◄──                 ◄── Response ◄──
 * </pre>
 *
 * Start reading at {@link dev.waypost.dnsjava.DnsjavaResolver}.
 */
@NullMarked
package dev.waypost.dnsjava;

import org.jspecify.annotations.NullMarked;
