/**
 * Asks upstream DNS resolvers, and keeps their answers for as long as they may be kept.
 *
 * <pre>
 *   Query ──► CachingLayer ──► LoopDetector ──► Forwarder ──► Fallthrough   not below FROM
 *               │ AnswerStore    │ LoopProbe      │ Flights     one flight a question; all who ask it wait on it
 *               ▼                ▼                ▼
 *             Response         SERVFAIL         Flight        from Upstream to Upstream, an Attempt each, until one answers
 *             from memory      while it loops     │
 *                                                 ▼
 *             transport: carries a query, tells its outcome  Health, ReplyTimes: how an Upstream does
 *             message:   the query's bytes, and what of the reply is ours and believed
 * </pre>
 *
 * The cache by itself: {@code CachedResolver} tells what {@code AnswerMemory} has and asks for the rest; what comes goes
 * through {@code AnswerKeeper}, which decides what is kept and for how long; {@code Refreshes} asks anew, one at a time for
 * each question.
 *
 * <p>Start reading at {@link dev.waypost.forwarding.Forwarder}.
 */
@NullMarked
package dev.waypost.forwarding;

import org.jspecify.annotations.NullMarked;
