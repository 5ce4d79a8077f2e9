/** The Kubernetes API as DNS records. */
@NullMarked
package dev.waypost.kubernetes;

import org.jspecify.annotations.NullMarked;
