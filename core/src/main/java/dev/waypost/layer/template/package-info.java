/**
 * Answers made of the question by texts with gaps (CoreDNS's {@code template}).
 *
 * <pre>
 *   query ──► TemplateResolver ──► TemplateRule that fits ──► TemplateText, filled from TemplateData ──► records
 *
 *   "{{ .Name }} 60 IN A {{ .Group.a }}.{{ .Group.b }}" ──► TemplateReader ──► Node tree, walked for each query
 * </pre>
 *
 * Start reading at {@link dev.waypost.layer.template.TemplateResolver}.
 */
@NullMarked
package dev.waypost.layer.template;

import org.jspecify.annotations.NullMarked;
