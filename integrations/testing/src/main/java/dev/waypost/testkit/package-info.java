/**
 * What a test of a program that uses Waypost needs: a cluster that it fills and changes, faults that it turns on and off, and
 * assertions over outcomes.
 *
 * <pre>
 *   FakeCluster ──► DnsEngine ──► the program under test
 *                      ▲
 *   Faults (a Layer) ──┘
 * </pre>
 *
 * Start reading at {@link dev.waypost.testkit.FakeCluster}.
 */
@NullMarked
package dev.waypost.testkit;

import org.jspecify.annotations.NullMarked;
