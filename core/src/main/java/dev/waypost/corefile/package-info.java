/**
 * Reads a Corefile and turns it into an engine plan.
 *
 * <pre>
 *   text ──► CorefileReader ──► ServerBlock* ──► CorefilePlanner ──► EnginePlan
 *                                 Statement*        DirectiveFactory services, in DirectiveOrder
 * </pre>
 *
 * Start reading at {@link dev.waypost.corefile.DirectiveFactory}.
 */
@NullMarked
package dev.waypost.corefile;

import org.jspecify.annotations.NullMarked;
