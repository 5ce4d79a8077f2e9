/**
 * gRPC channels that follow a service: {@code waypost:///orders.shop:9000} or, by SRV, {@code
 * waypost:///_grpc._tcp.orders.shop}.
 *
 * <pre>
 *   ManagedChannel ──► WaypostNameResolver ──► engine.watches() ── every change ──► the channel's addresses
 * </pre>
 *
 * Start reading at {@link dev.waypost.grpc.WaypostNameResolverProvider}.
 */
@NullMarked
package dev.waypost.grpc;

import org.jspecify.annotations.NullMarked;
