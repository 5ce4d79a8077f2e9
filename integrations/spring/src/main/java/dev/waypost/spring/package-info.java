/**
 * Spring Cloud's service discovery over an engine.
 *
 * <pre>
 *   http://orders.shop/ ──► load balancer ──► WaypostDiscoveryClient ──► SRV records of the engine, with their addresses
 * </pre>
 *
 * Start reading at {@link dev.waypost.spring.WaypostDiscoveryClient}.
 */
@NullMarked
package dev.waypost.spring;

import org.jspecify.annotations.NullMarked;
