/** Templates. Start reading at {@link dev.waypost.layer.template.TemplateResolverTest}. */
@NullMarked
package dev.waypost.layer.template;

import org.jspecify.annotations.NullMarked;
