/** The JVM's own resolver, answered by Waypost. */
@NullMarked
package dev.waypost.jvm;

import org.jspecify.annotations.NullMarked;
