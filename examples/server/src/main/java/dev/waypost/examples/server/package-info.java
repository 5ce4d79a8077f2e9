/**
 * A DNS server from a Corefile, in one jar.
 *
 * <pre>
 *   flags ──► ServerMain ──► CorefilePlanner ──► EnginePlan ──► DnsServer
 *                       └──► SampleCluster (without -conf)
 * </pre>
 *
 * Start reading at {@link dev.waypost.examples.server.ServerMain}.
 */
@NullMarked
package dev.waypost.examples.server;

import org.jspecify.annotations.NullMarked;
