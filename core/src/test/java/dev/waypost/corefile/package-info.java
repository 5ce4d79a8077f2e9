/** What a Corefile means, rule by rule. Start reading at {@link dev.waypost.corefile.CorefileReaderTest}. */
@NullMarked
package dev.waypost.corefile;

import org.jspecify.annotations.NullMarked;
