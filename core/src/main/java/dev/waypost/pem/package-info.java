/**
 * Certificates and private keys from PEM files (RFC 7468), for whoever speaks TLS; nothing here does.
 *
 * <pre>
 *   cert.pem ── PemFile ─► CERTIFICATE*          ┐
 *   key.pem  ── PemFile ─► PRIVATE KEY  (PKCS #8)┼─► TlsIdentity
 *                          RSA PRIVATE KEY       │   (key and chain belong together)
 *                          EC PRIVATE KEY        ┘
 * </pre>
 *
 * The JDK reads PKCS #8 and X.509; the two older forms of a key are PKCS #8 without its wrapping, which {@link
 * dev.waypost.pem.KeyWrapping} puts around them. Start reading at {@link dev.waypost.pem.TlsIdentity}.
 */
@NullMarked
package dev.waypost.pem;

import org.jspecify.annotations.NullMarked;
