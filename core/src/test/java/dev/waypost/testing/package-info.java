/** Contracts and fakes for the tests of every module. */
@NullMarked
package dev.waypost.testing;

import org.jspecify.annotations.NullMarked;
