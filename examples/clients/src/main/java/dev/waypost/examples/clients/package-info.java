/**
 * HTTP clients that connect by cluster names: each needs one small class, and each follows a service from request to request.
 *
 * <p>Start reading at {@link dev.waypost.examples.clients.ClientsMain}.
 */
@NullMarked
package dev.waypost.examples.clients;

import org.jspecify.annotations.NullMarked;
