/** A DNS server from a Corefile. */
@NullMarked
package dev.waypost.examples.server;

import org.jspecify.annotations.NullMarked;
