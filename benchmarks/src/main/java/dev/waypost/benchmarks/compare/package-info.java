/**
 * Name servers side by side: the same names, the same load, one after the other.
 *
 * <pre>
 *   Compare ──► Scenario ──► Peer + Template ──► RunningPeer   a server's process: its answers, CPU time, memory
 *                       └──► Rounds ──► Dnsperf                the load, server by server, round by round
 *                                └────► Report ──► table, CSV, SvgChart
 * </pre>
 *
 * Start reading at {@link dev.waypost.benchmarks.compare.Compare}.
 */
@NullMarked
package dev.waypost.benchmarks.compare;

import org.jspecify.annotations.NullMarked;
