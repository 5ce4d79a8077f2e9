package dev.waypost.socket;

import java.nio.charset.StandardCharsets;

/**
 * What an HTTP endpoint answers.
 *
 * @param status HTTP status code
 * @param contentType the Content-Type field
 * @param body the octets of the body; not copied
 */
record HttpReply(int status, String contentType, byte[] body) {
    /** Text in UTF-8. */
    static HttpReply text(int status, String text) {
        return new HttpReply(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }
}
