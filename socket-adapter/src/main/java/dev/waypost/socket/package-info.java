/** Listeners that serve an engine on the network. */
@NullMarked
package dev.waypost.socket;

import org.jspecify.annotations.NullMarked;
