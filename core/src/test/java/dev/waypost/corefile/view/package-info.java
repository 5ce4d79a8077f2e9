/** Conditions of views. Start reading at {@link dev.waypost.corefile.view.ViewExpressionTest}. */
@NullMarked
package dev.waypost.corefile.view;

import org.jspecify.annotations.NullMarked;
