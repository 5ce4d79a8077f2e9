package dev.waypost.socket;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Function;

/** The head of an HTTP/1.1 request (RFC 9112 sections 2 and 3), of which only the first line matters here. */
final class HttpRequestHead {
    private static final int BAD_REQUEST = 400;

    private static final int METHOD_NOT_ALLOWED = 405;

    private static final int HEAD_TOO_LARGE = 431;

    /** RFC 9110 section 5.6.7. */
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);

    private final StringBuilder requestLine = new StringBuilder();
    private int scanned;
    private int lineOctets;
    private boolean firstLineEnded;

    /**
     * Takes what has arrived since the last call.
     *
     * @param arrived all octets from the first on, up to its position
     * @return whether the head is whole
     */
    boolean take(ByteBuffer arrived) {
        while (scanned < arrived.position()) {
            if (takeOctet((char) (arrived.get(scanned++) & 0xFF))) {
                return true;
            }
        }
        return false;
    }

    private boolean takeOctet(char octet) {
        if (octet == '\n') {
            boolean emptyLine = lineOctets == 0;
            lineOctets = 0;
            if (emptyLine) {
                return firstLineEnded; // empty lines before the first are passed over: RFC 9112 section 2.2
            }
            firstLineEnded = true;
        } else if (octet != '\r') {
            lineOctets++;
            if (!firstLineEnded) {
                requestLine.append(octet);
            }
        }
        return false;
    }

    /** The whole reply, head and body, to a request that has been read or that is too large to read. */
    byte[] reply(boolean whole, Function<String, HttpReply> pages) {
        if (!whole) {
            return written(HttpReply.text(HEAD_TOO_LARGE, "431 request head too large"), true);
        }
        String[] words = requestLine.toString().split(" ", -1);
        String path = words.length == 3 && words[2].startsWith("HTTP/1.") ? path(words[1]) : "";
        if (path.isEmpty()) {
            return written(HttpReply.text(BAD_REQUEST, "400 bad request"), true);
        }
        boolean headOnly = words[0].equals("HEAD");
        if (!headOnly && !words[0].equals("GET")) {
            return written(HttpReply.text(METHOD_NOT_ALLOWED, "405 method not allowed"), true);
        }
        return written(pages.apply(path), !headOnly);
    }

    /** The path of a target in origin-form or absolute-form (RFC 9112 section 3.2); empty where there is none. */
    private static String path(String target) {
        try {
            String path = new URI(target).getPath();
            return path == null ? "" : path;
        } catch (URISyntaxException malformed) {
            return "";
        }
    }

    private static byte[] written(HttpReply reply, boolean withBody) {
        String head = "HTTP/1.1 " + reply.status() + " \r\n"
                + "Date: " + DATE.format(ZonedDateTime.now(ZoneOffset.UTC)) + "\r\n"
                + (reply.status() == METHOD_NOT_ALLOWED ? "Allow: GET, HEAD\r\n" : "")
                + "Content-Type: " + reply.contentType() + "\r\n"
                + "Content-Length: " + reply.body().length + "\r\n"
                + "Connection: close\r\n\r\n";
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        octets.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        if (withBody) {
            octets.writeBytes(reply.body());
        }
        return octets.toByteArray();
    }
}
