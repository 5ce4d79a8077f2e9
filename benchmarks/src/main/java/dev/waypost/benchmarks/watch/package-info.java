/**
 * What the watch of a large cluster costs, each part in a process of its own.
 *
 * <pre>
 *   WatchBudgets ──► BudgetServer   a scripted API server: 10,000 services, 100,000 endpoints
 *                └─► BudgetClient   a backend on it: heap after the list, an event's CPU and allocation
 * </pre>
 *
 * Start reading at {@link dev.waypost.benchmarks.watch.WatchBudgets}.
 */
@NullMarked
package dev.waypost.benchmarks.watch;

import org.jspecify.annotations.NullMarked;
