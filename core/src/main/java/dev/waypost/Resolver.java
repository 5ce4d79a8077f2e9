package dev.waypost;

/**
 * Turns a query into a resolution: the one interface of the message plane.
 *
 * <p>Must be safe for any number of threads and must not block: an answer from memory is a {@link Response}, an answer
 * that needs bytes to travel is a {@link Pending}. A DNS failure is a {@link Response} with its RCODE, never an
 * exception and never {@code null}.
 */
@FunctionalInterface
public interface Resolver {
    /**
     * Resolves one query.
     *
     * @param query the question, its client and its deadline
     * @return a response, {@link Fallthrough} when the name is not this resolver's, or a pending resolution
     */
    Resolution resolve(Query query);
}
