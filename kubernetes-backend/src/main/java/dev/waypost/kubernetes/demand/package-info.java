/**
 * A cluster of which only that is watched which is asked for.
 *
 * <pre>
 *   find ──► DemandCoverage ──► known: the snapshot answers, or denies
 *                │          ──► absent for a while: denied
 *                └─ unknown ──► NotReady with an arrival ──► DemandWatch: one LIST ──┬─ nothing there: absent for a while
 *                                                                                 ├─ there: WATCH, dropped when idle
 *                                                                                 └─ no watch left: known for a while
 * </pre>
 *
 * Start reading at {@link dev.waypost.kubernetes.demand.DemandWatch}.
 */
@NullMarked
package dev.waypost.kubernetes.demand;

import org.jspecify.annotations.NullMarked;
