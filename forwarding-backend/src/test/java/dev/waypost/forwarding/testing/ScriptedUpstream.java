package dev.waypost.forwarding.testing;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.xbill.DNS.Message;

/** A DNS server on 127.0.0.1, UDP and TCP on one port, that follows a script; blocking and slow, for tests. */
public final class ScriptedUpstream implements AutoCloseable {
    private final DatagramSocket datagrams;
    private final ServerSocket streams;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final List<ReceivedQuery> received = new CopyOnWriteArrayList<>();
    private final List<ExtendedSSLSession> sessions = new CopyOnWriteArrayList<>();
    private volatile Script udp;
    private volatile Script tcp;
    private volatile byte[] greeting = {};

    private ScriptedUpstream(Script script, int port, ServerSocketFactory sockets) throws IOException {
        this.udp = script;
        this.tcp = script;
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        this.streams = sockets.createServerSocket(port, 50, loopback);
        try {
            this.datagrams = new DatagramSocket(streams.getLocalPort(), loopback);
        } catch (IOException taken) {
            streams.close();
            throw taken;
        }
        daemon("udp", this::serveDatagrams);
        daemon("tcp", this::acceptConnections);
    }

    /** An upstream that does the same over UDP and TCP. */
    public static ScriptedUpstream running(Script script) {
        return running(script, 0);
    }

    /** The same on a given port: an upstream that comes back. */
    public static ScriptedUpstream running(Script script, int port) {
        return running(script, port, ServerSocketFactory.getDefault());
    }

    /** An upstream that speaks TLS over TCP. */
    public static ScriptedUpstream secure(Script script, SSLContext tls) {
        return running(script, 0, tls.getServerSocketFactory());
    }

    /** An upstream that says something to everybody who connects, before it is asked. */
    public static ScriptedUpstream greeting(byte[] octets) {
        ScriptedUpstream upstream = running(Script.SILENCE);
        upstream.greeting = octets.clone();
        return upstream;
    }

    /** Wants a certificate of whoever connects from now on. */
    public ScriptedUpstream wantingClients() {
        ((SSLServerSocket) streams).setNeedClientAuth(true);
        return this;
    }

    private static ScriptedUpstream running(Script script, int port, ServerSocketFactory sockets) {
        while (true) {
            try {
                return new ScriptedUpstream(script, port, sockets);
            } catch (BindException taken) {
                if (port != 0) {
                    throw new UncheckedIOException(taken);
                } // the UDP port of a free TCP port may be taken: draw again
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    /** Does something else over UDP from now on. */
    public ScriptedUpstream udp(Script script) {
        udp = script;
        return this;
    }

    /** Does something else over TCP from now on. */
    public ScriptedUpstream tcp(Script script) {
        tcp = script;
        return this;
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) streams.getLocalSocketAddress();
    }

    /** Every readable query so far. */
    public List<ReceivedQuery> received() {
        return List.copyOf(received);
    }

    /** What was agreed on each TLS connection so far. */
    public List<ExtendedSSLSession> sessions() {
        return List.copyOf(sessions);
    }

    /** TCP connections open now. */
    public int openConnections() {
        return connections.size();
    }

    private void daemon(String kind, Runnable work) {
        Thread thread =
                new Thread(work, "scripted-upstream-" + kind + "-" + address().getPort());
        thread.setDaemon(true);
        thread.start();
    }

    private void serveDatagrams() {
        byte[] buffer = new byte[65_535];
        while (!datagrams.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                datagrams.receive(packet);
                InetSocketAddress from = (InetSocketAddress) packet.getSocketAddress();
                receive(Arrays.copyOf(buffer, packet.getLength()), from.getPort(), false, new DatagramLine(from));
            } catch (IOException closedOrUnreachable) {
                // the loop's condition tells which
            }
        }
    }

    private void receive(byte[] octets, int port, boolean stream, Script.Line line) throws IOException {
        ReceivedQuery query = new ReceivedQuery(new Message(octets), port, stream);
        received.add(query);
        (stream ? tcp : udp).receive(query, line);
    }

    private void acceptConnections() {
        while (!streams.isClosed()) {
            try {
                Socket connection = streams.accept();
                connections.add(connection);
                daemon("connection", () -> serveConnection(connection));
            } catch (IOException closed) {
                // the loop's condition tells
            }
        }
    }

    private void serveConnection(Socket connection) {
        try (connection) {
            if (connection instanceof SSLSocket secure) {
                secure.startHandshake();
                sessions.add((ExtendedSSLSession) secure.getSession());
            }
            connection.getOutputStream().write(greeting);
            DataInputStream in = new DataInputStream(connection.getInputStream());
            while (!connection.isClosed()) {
                byte[] message = in.readNBytes(in.readUnsignedShort());
                receive(message, connection.getPort(), true, new StreamLine(connection));
            }
        } catch (IOException over) {
            // the client closed, or the script cut
        } finally {
            connections.remove(connection);
        }
    }

    @Override
    public void close() {
        try {
            datagrams.close();
            streams.close();
            for (Socket each : connections) {
                each.close();
            }
        } catch (IOException alreadyClosed) {
            throw new UncheckedIOException(alreadyClosed);
        }
    }

    private final class DatagramLine implements Script.Line {
        private final InetSocketAddress client;

        DatagramLine(InetSocketAddress client) {
            this.client = client;
        }

        @Override
        public void send(byte[] message) throws IOException {
            datagrams.send(new DatagramPacket(message, message.length, client));
        }

        @Override
        public void sendFromElsewhere(byte[] message) throws IOException {
            try (DatagramSocket elsewhere = new DatagramSocket(0, client.getAddress())) {
                elsewhere.send(new DatagramPacket(message, message.length, client));
            }
        }

        @Override
        public void sendRaw(byte[] octets) throws IOException {
            send(octets);
        }

        @Override
        public void cut() {}
    }

    private record StreamLine(Socket connection) implements Script.Line {
        @Override
        public void send(byte[] message) throws IOException {
            DataOutputStream out = new DataOutputStream(connection.getOutputStream());
            byte[] frame = new byte[message.length + 2];
            frame[0] = (byte) (message.length >>> 8);
            frame[1] = (byte) message.length;
            System.arraycopy(message, 0, frame, 2, message.length);
            out.write(frame);
            out.flush();
        }

        @Override
        public void sendFromElsewhere(byte[] message) throws IOException {
            send(message);
        }

        @Override
        public void sendRaw(byte[] octets) throws IOException {
            connection.getOutputStream().write(octets);
        }

        @Override
        public void cut() throws IOException {
            connection.close();
        }
    }
}
