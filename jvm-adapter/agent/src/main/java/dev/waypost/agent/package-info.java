/**
 * Cluster names for a program that does not know of it: {@code -javaagent:waypost-agent.jar}.
 *
 * <pre>
 *   waypost-agent.jar, at the end of the program's class path
 *     dev/waypost/agent/   these classes, all that the program's class loaders see
 *     isolated/            Waypost and what it needs, a folder a jar ──► IsolatedLoader, beside the program
 *
 *   WaypostAgent.premain ──► InetAddress ──► AgentResolverProvider ──► (isolated) WaypostJvm
 * </pre>
 *
 * Start reading at {@link dev.waypost.agent.WaypostAgent}.
 */
@NullMarked
package dev.waypost.agent;

import org.jspecify.annotations.NullMarked;
