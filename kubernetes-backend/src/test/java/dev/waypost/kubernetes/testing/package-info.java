/**
 * What tests of a Kubernetes backend share, in this module and elsewhere.
 *
 * <pre>
 *   ScriptedApiServer   an API server in process: lists, watches, and every way to fail
 *   Transcript          questions and findings, one a line
 * </pre>
 *
 * Start reading at {@link dev.waypost.kubernetes.testing.ScriptedApiServer}.
 */
@NullMarked
package dev.waypost.kubernetes.testing;

import org.jspecify.annotations.NullMarked;
