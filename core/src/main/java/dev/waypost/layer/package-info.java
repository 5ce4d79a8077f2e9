/**
 * What changes a question or an answer on the message plane, and what answers there without records.
 *
 * <pre>
 *   query ──► AnswerRotation ──► ... ──► Resolver
 *   reply ◄── marked rotatable ◄─────── WhoamiResolver: the client's own address
 * </pre>
 *
 * Start reading at {@link dev.waypost.layer.AnswerRotation}.
 */
@NullMarked
package dev.waypost.layer;

import org.jspecify.annotations.NullMarked;
