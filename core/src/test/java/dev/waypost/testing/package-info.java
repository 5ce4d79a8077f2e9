/**
 * What tests of every module share: contracts, assertions, clocks, small zones.
 *
 * <pre>
 *   RecordSourceContract, ChangingSourceContract   a test class of a source implements one and gets its tests
 *   ResolverContract, LayerContract                the same for resolvers and layers
 *   DnsAssertions                                  assertThat(response).answers("web.shop. 30 A 192.0.2.1")
 *   Zones, FakeTicker                              zones from a few lines, a clock that is told
 *   Patience, PatientAwaits                        how long a test waits for what it expects: a minute, looking often
 *   FreePort, OpenSockets                          ports that no other test is given, the sockets that this JVM has open
 *   peers                                          NSD, Knot, BIND and others, started for a test
 * </pre>
 *
 * Start reading at {@link dev.waypost.testing.DnsAssertions}.
 */
@NullMarked
package dev.waypost.testing;

import org.jspecify.annotations.NullMarked;
