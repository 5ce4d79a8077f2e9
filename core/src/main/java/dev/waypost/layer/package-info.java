/**
 * What changes a question or an answer on the message plane, and what answers there without records.
 *
 * <pre>
 *   query ──► MetadataLayer ──► RewriteLayer ──► AccessControl ──► ... ──► Resolver
 *             gives labels      other question   may it be asked?          TemplateResolver, AnyResolver, ...
 *   reply ◄── AnswerRotation ◄── MinimalResponses ◄── ... ◄───────────────┘
 *             marked rotatable   ANSWER only
 * </pre>
 *
 * Start reading at {@link dev.waypost.layer.AccessControl}.
 */
@NullMarked
package dev.waypost.layer;

import org.jspecify.annotations.NullMarked;
