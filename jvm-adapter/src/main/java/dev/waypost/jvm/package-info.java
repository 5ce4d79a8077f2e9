/**
 * Waypost as the JVM's own resolver (JEP 418).
 *
 * <pre>
 *   InetAddress.getByName ──► WaypostResolverProvider ──► engine installed and holds the name ──► DnsEngine
 *                                │                   └──► everything else ──► the JDK's built-in resolver
 *                                └─ install(DnsEngine): there already; install(Path), installInPod(), waypost.corefile and
 *                                   the agent: LateEngine, made at the first look-up
 * </pre>
 *
 * Start reading at {@link dev.waypost.jvm.WaypostJvm}.
 */
@NullMarked
package dev.waypost.jvm;

import org.jspecify.annotations.NullMarked;
