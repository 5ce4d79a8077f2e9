package dev.waypost.pem;

/**
 * What stands between one BEGIN line and its END line.
 *
 * @param label the words behind BEGIN: {@code CERTIFICATE}
 * @param line where it begins, counted from 1
 * @param content the octets, no longer in base64
 */
record PemBlock(String label, int line, byte[] content) {}
