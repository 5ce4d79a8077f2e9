/** Kubernetes names resolved inside a program, without a socket. */
@NullMarked
package dev.waypost.examples.embedded;

import org.jspecify.annotations.NullMarked;
