/** JMH benchmarks. */
@NullMarked
package dev.waypost.benchmarks;

import org.jspecify.annotations.NullMarked;
