/**
 * The record plane and the one class that turns it into responses.
 *
 * <pre>
 *   RecordSource.find(qname, qtype) ──► Finding ──► AuthoritativeResolver ──► Response
 *      StaticZone                       Found         AA, SOA, aliases,
 *      (Kubernetes zones)               Alias         referrals, fallthrough:
 *                                       NoData        RFC 1034 section 4.3.2,
 *                                       NxDomain      written once
 *                                       Referral
 *                                       NotReady
 * </pre>
 *
 * Start reading at {@link dev.waypost.zone.RecordSource}.
 */
@NullMarked
package dev.waypost.zone;

import org.jspecify.annotations.NullMarked;
