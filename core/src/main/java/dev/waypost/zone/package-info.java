/**
 * The record plane and the one class that turns it into responses.
 *
 * <pre>
 *   RecordSource.find(qname, qtype) ──► Finding ──► AuthoritativeResolver ──► Response
 *      StaticZone                       Found         AA, SOA, aliases,
 *      ReloadableZone, ZoneFile         Alias         referrals, fallthrough:
 *      (Kubernetes zones)               NoData        RFC 1034 section 4.3.2,
 *                                       NxDomain      written once
 *                                       Referral
 *                                       NotReady
 *
 *   TransferableSource.transfer() ──► ZoneTransfer (SOA, every RRset, from one snapshot)
 *
 *   zone files ──► ZoneFileReader ──► ZoneContents ──► StaticZone      /etc/hosts ──► HostsResolver
 *   (ZoneFiles,    Lexer, Parser,     (the rules)      ZoneIndex of    (no SOA, so no zone)
 *    ZoneFolder)   $INCLUDE, ...                       ZoneNodes
 * </pre>
 *
 * Start reading at {@link dev.waypost.zone.RecordSource}.
 */
@NullMarked
package dev.waypost.zone;

import org.jspecify.annotations.NullMarked;
