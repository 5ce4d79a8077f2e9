/**
 * A resolver turns a query into a resolution; layers wrap it; sources hold the records.
 *
 * <pre>
 *   Query ──► Layer ──► Layer ──► Resolver ──► Resolution
 *                                              ├─ Response     an answer, from memory or from an upstream
 *                                              ├─ Fallthrough  "not mine": the next resolver is asked
 *                                              └─ Pending      bytes must travel; a Response or Fallthrough later
 * </pre>
 *
 * Start reading at {@link dev.waypost.Resolver}.
 */
@NullMarked
package dev.waypost;

import org.jspecify.annotations.NullMarked;
