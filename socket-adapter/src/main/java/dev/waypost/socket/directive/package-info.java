/**
 * The Corefile directives of listeners: {@code timeouts}, {@code multisocket}, {@code tls}, {@code cookies}, {@code rrl}.
 *
 * <p>Each attaches {@link dev.waypost.socket.ListenerSettings} for the listen points of its server block.
 */
@NullMarked
package dev.waypost.socket.directive;

import org.jspecify.annotations.NullMarked;
