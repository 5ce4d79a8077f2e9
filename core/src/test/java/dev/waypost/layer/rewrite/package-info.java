/** Rewriting rules. Start reading at {@link dev.waypost.layer.rewrite.RewriteLayerTest}. */
@NullMarked
package dev.waypost.layer.rewrite;

import org.jspecify.annotations.NullMarked;
