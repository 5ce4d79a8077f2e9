/**
 * Netty's {@code AddressResolverGroup} over an engine, and so Reactor Netty's, Armeria's and Vert.x's.
 *
 * <pre>
 *   Bootstrap.resolver(group) ──► WaypostAddressResolverGroup ──► engine.lookupLater(...)
 * </pre>
 *
 * Start reading at {@link dev.waypost.netty.WaypostAddressResolverGroup}.
 */
@NullMarked
package dev.waypost.netty;

import org.jspecify.annotations.NullMarked;
