/**
 * What tests of every module share: clocks, contracts, assertions. Start reading at {@link
 * dev.waypost.testing.FakeTicker}.
 */
@NullMarked
package dev.waypost.testing;

import org.jspecify.annotations.NullMarked;
