/**
 * An engine's measurements as Micrometer's meters, under the names that CoreDNS's dashboards know.
 *
 * <pre>
 *   MeterRegistry ◄── WaypostMetrics ◄── engine.collect(...)
 * </pre>
 *
 * Start reading at {@link dev.waypost.micrometer.WaypostMetrics}.
 */
@NullMarked
package dev.waypost.micrometer;

import org.jspecify.annotations.NullMarked;
