/**
 * The conditions of {@code view}: expressions over a query, checked when a Corefile is read.
 *
 * <pre>
 *   "incidr(client_ip(), '10.0.0.0/8') &amp;&amp; type() == 'A'" ──► ViewReader ──► Term tree ──► a condition for queries
 * </pre>
 *
 * Start reading at {@link dev.waypost.corefile.view.ViewExpression}.
 */
@NullMarked
package dev.waypost.corefile.view;

import org.jspecify.annotations.NullMarked;
