package dev.waypost.benchmarks;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** A DNS server on 127.0.0.1 that answers every question with one address, and does next to nothing for it. */
final class EchoUpstream implements AutoCloseable {
    private static final int HEADER_OCTETS = 12;
    private static final int FRAME_OCTETS = 2;
    private static final int TYPE_AND_CLASS_OCTETS = 4;
    private static final byte[] RECORD = {(byte) 0xC0, HEADER_OCTETS, 0, 1, 0, 1, 0, 0, 1, 44, 0, 4, (byte) 192, 0, 2, 1
    };

    private final DatagramChannel datagrams;
    private final ServerSocket streams;

    EchoUpstream() throws IOException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        streams = new ServerSocket(0, 50, loopback);
        datagrams = DatagramChannel.open().bind(streams.getLocalSocketAddress());
        daemon(this::serveDatagrams);
        daemon(this::acceptConnections);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) streams.getLocalSocketAddress();
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "echo-upstream");
        thread.setDaemon(true);
        thread.start();
    }

    private void serveDatagrams() {
        ByteBuffer message = ByteBuffer.allocateDirect(1232);
        try {
            while (true) {
                SocketAddress client = datagrams.receive(message.clear());
                answer(message);
                datagrams.send(message.flip(), client);
            }
        } catch (IOException closed) {
            // the benchmark is over
        }
    }

    private void acceptConnections() {
        try {
            while (true) {
                Socket connection = streams.accept();
                daemon(() -> serveConnection(connection));
            }
        } catch (IOException closed) {
            // the benchmark is over
        }
    }

    private static void serveConnection(Socket connection) {
        byte[] frame = new byte[1232];
        ByteBuffer message = ByteBuffer.wrap(frame).slice(FRAME_OCTETS, frame.length - FRAME_OCTETS);
        try (connection) {
            connection.setTcpNoDelay(true);
            DataInputStream in = new DataInputStream(connection.getInputStream());
            OutputStream out = connection.getOutputStream();
            while (true) {
                int length = in.readUnsignedShort();
                in.readFully(frame, FRAME_OCTETS, length);
                answer(message);
                int octets = message.position();
                frame[0] = (byte) (octets >>> 8);
                frame[1] = (byte) octets;
                out.write(frame, 0, octets + FRAME_OCTETS);
            }
        } catch (IOException closed) {
            // the forwarder has enough
        }
    }

    /** Makes a reply of the query in a buffer; its position is then the reply's end. */
    private static void answer(ByteBuffer message) {
        int end = HEADER_OCTETS;
        while (message.get(end) != 0) {
            end += message.get(end) + 1;
        }
        message.putShort(2, (short) 0x8180).putShort(6, (short) 1).putShort(10, (short) 0);
        message.limit(message.capacity()).position(end + 1 + TYPE_AND_CLASS_OCTETS);
        message.put(RECORD);
    }

    @Override
    public void close() throws IOException {
        datagrams.close();
        streams.close();
    }
}
