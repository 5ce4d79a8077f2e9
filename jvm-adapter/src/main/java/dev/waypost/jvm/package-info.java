/**
 * Waypost as the JVM's own resolver (JEP 418).
 *
 * <pre>
 *   InetAddress.getByName ──► WaypostResolverProvider ──► engine installed and holds the name ──► DnsEngine
 *                                                    └──► everything else ──► the JDK's built-in resolver
 * </pre>
 *
 * Start reading at {@link dev.waypost.jvm.WaypostJvm}.
 */
@NullMarked
package dev.waypost.jvm;

import org.jspecify.annotations.NullMarked;
