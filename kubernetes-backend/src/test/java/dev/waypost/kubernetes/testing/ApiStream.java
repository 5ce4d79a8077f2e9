package dev.waypost.kubernetes.testing;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The server's end of one connection: one reply, whole or in chunks, and ways to break it. */
public final class ApiStream {
    private static final int BUFFER_OCTETS = 1 << 16;

    private final Socket socket;

    ApiStream(Socket socket) {
        this.socket = socket;
    }

    /** Sends a whole reply and ends the connection. */
    public void reply(int status, Map<String, String> headers, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        StringBuilder head =
                new StringBuilder("HTTP/1.1 " + status + " Scripted\r\nContent-Type: application/json\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Connection: close\r\nContent-Length: ").append(body.length).append("\r\n\r\n");
        write(head.toString().getBytes(StandardCharsets.US_ASCII), body);
        socket.close();
    }

    /** Sends a list of any length, piece by piece, and ends the connection. @param head everything before its items */
    void reply(int status, Map<String, String> headers, String head, List<String> items) throws IOException {
        StringBuilder fields = new StringBuilder();
        headers.forEach(
                (name, value) -> fields.append(name).append(": ").append(value).append("\r\n"));
        OutputStream out = new BufferedOutputStream(socket.getOutputStream(), BUFFER_OCTETS);
        out.write(("HTTP/1.1 " + status + " Scripted\r\nContent-Type: application/json\r\n" + fields
                        + "Connection: close\r\n\r\n" + head)
                .getBytes(StandardCharsets.UTF_8));
        String comma = "";
        for (String item : items) {
            out.write((comma + item).getBytes(StandardCharsets.UTF_8));
            comma = ",";
        }
        out.write("]}".getBytes(StandardCharsets.UTF_8));
        out.flush();
        socket.close();
    }

    /** Sends a Status object of the API with its code as the HTTP status. */
    public void refuse(int code, String message) throws IOException {
        reply(code, Map.of(), status(code, message));
    }

    /** A Status object. */
    static String status(int code, String message) {
        return "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"message\":\"" + message
                + "\",\"code\":" + code + "}";
    }

    /** Sends the head of a reply in chunks. */
    public void begin() throws IOException {
        write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));
    }

    /** Sends one chunk, and nothing after it: an object may end in the middle. */
    public void chunk(String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        write(
                (Integer.toHexString(body.length) + "\r\n").getBytes(StandardCharsets.US_ASCII),
                body,
                "\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    /** Ends a reply in chunks as HTTP wants it. */
    public void end() throws IOException {
        write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        socket.close();
    }

    /** Resets the connection. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    private synchronized void write(byte[]... parts) throws IOException {
        OutputStream out = socket.getOutputStream();
        for (byte[] part : parts) {
            out.write(part);
        }
        out.flush();
    }

    boolean isClosed() {
        return socket.isClosed();
    }
}
