/** Upstream DNS, and the cache for its answers. */
@NullMarked
package dev.waypost.forwarding;

import org.jspecify.annotations.NullMarked;
