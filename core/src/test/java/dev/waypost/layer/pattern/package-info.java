/** Regular expressions. Start reading at {@link dev.waypost.layer.pattern.LinearPatternTest}. */
@NullMarked
package dev.waypost.layer.pattern;

import org.jspecify.annotations.NullMarked;
