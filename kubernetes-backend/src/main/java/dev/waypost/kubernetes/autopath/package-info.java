/**
 * CoreDNS's {@code autopath}: the server walks a client's search list in the client's place.
 *
 * <pre>
 *   client asks  www.example.com.shop.svc.cluster.local.   (the first element of its list)
 *   asked below  www.example.com.shop.svc.cluster.local.   NXDOMAIN
 *                www.example.com.svc.cluster.local.        NXDOMAIN
 *                www.example.com.cluster.local.            NXDOMAIN
 *                www.example.com.                          NOERROR: the answer, behind a CNAME from the question
 * </pre>
 *
 * Start reading at {@link dev.waypost.kubernetes.autopath.AutopathLayer}.
 */
@NullMarked
package dev.waypost.kubernetes.autopath;

import org.jspecify.annotations.NullMarked;
