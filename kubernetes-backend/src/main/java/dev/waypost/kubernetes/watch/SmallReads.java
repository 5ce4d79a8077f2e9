package dev.waypost.kubernetes.watch;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/**
 * Makes sockets that read less than a KiB at once, for HTTP/1.1 without TLS.
 *
 * <p>OkHttp cuts a chunk out of what it has read without copying where the chunk is longer than that, and what was cut is not
 * used again: every octet of a watch would cost one of the heap. HTTP/2 has no such cut, and under TLS it is not the
 * socket that is read from.
 */
final class SmallReads extends SocketFactory {
    /** One less than what okio shares between buffers instead of copying it. */
    private static final int MOST_OCTETS = 1023;

    private static final class SmallReadingSocket extends Socket {
        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read(byte[] target, int offset, int length) throws IOException {
                    return super.read(target, offset, Math.min(length, MOST_OCTETS));
                }
            };
        }
    }

    @Override
    public Socket createSocket() {
        return new SmallReadingSocket();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return createSocket(InetAddress.getByName(host), port, localHost, localPort);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        Socket socket = createSocket();
        socket.bind(new InetSocketAddress(localHost, localPort));
        socket.connect(new InetSocketAddress(host, port));
        return socket;
    }

    private Socket connected(InetSocketAddress address) throws IOException {
        Socket socket = createSocket();
        socket.connect(address);
        return socket;
    }
}
