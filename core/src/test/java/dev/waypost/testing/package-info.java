/**
 * What tests of every module share: contracts, assertions, clocks, small zones.
 *
 * <pre>
 *   RecordSourceContract, ChangingSourceContract   a test class of a source implements one and gets its tests
 *   ResolverContract, LayerContract                the same for resolvers and layers
 *   DnsAssertions                                  assertThat(response).answers("web.shop. 30 A 192.0.2.1")
 *   Zones, FakeTicker                              zones from a few lines, a clock that is told
 * </pre>
 *
 * Start reading at {@link dev.waypost.testing.DnsAssertions}.
 */
@NullMarked
package dev.waypost.testing;

import org.jspecify.annotations.NullMarked;
