/**
 * What each of core's own directives does. Start reading at {@link
 * dev.waypost.corefile.directive.CoreDirectivesTest}.
 */
@NullMarked
package dev.waypost.corefile.directive;

import org.jspecify.annotations.NullMarked;
