package dev.waypost.socket.transfer;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A primary that says what a test wants, on a loopback port of its own. */
final class ScriptedPrimary implements AutoCloseable {
    static final Name ZONE = Name.fromConstantString("example.org.");

    /** What is said to one question. */
    @FunctionalInterface
    interface Script {
        void answer(Message question, Line line) throws IOException;
    }

    private final ServerSocket listener;
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final List<Integer> asked = new CopyOnWriteArrayList<>();
    private volatile Script script;

    ScriptedPrimary(Script first) throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        script = first;
        thread(this::accept);
    }

    private static void thread(Runnable work) {
        Thread thread = new Thread(work, "scripted-primary");
        thread.setDaemon(true);
        thread.start();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    /** Says something else from now on. */
    void say(Script next) {
        script = next;
    }

    /** The types asked for, in their order. */
    List<Integer> asked() {
        return asked;
    }

    long transfers() {
        return asked.stream().filter(type -> type == Type.AXFR).count();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                sockets.add(socket);
                thread(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            Line line = new Line(socket);
            while (true) {
                byte[] octets = new byte[in.readUnsignedShort()];
                in.readFully(octets);
                Message question = new Message(octets);
                asked.add(question.getQuestion().getType());
                script.answer(question, line);
            }
        } catch (IOException ended) {
            // the other side has gone, or this one
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /** A stream to who asks. */
    record Line(Socket socket) {
        void send(Message message) throws IOException {
            frame(message.toWire(Message.MAXLENGTH));
        }

        void frame(byte[] message) throws IOException {
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeShort(message.length);
            out.write(message);
            out.flush();
        }

        void octets(byte... octets) throws IOException {
            socket.getOutputStream().write(octets);
        }

        void close() throws IOException {
            socket.close();
        }
    }

    /** A reply without records. */
    static Message reply(Message question) {
        Message reply = new Message(question.getHeader().getID());
        reply.getHeader().setFlag(Flags.QR);
        reply.getHeader().setFlag(Flags.AA);
        reply.addRecord(question.getQuestion(), Section.QUESTION);
        return reply;
    }

    static Message reply(Message question, Record... answer) {
        Message reply = reply(question);
        for (Record record : answer) {
            reply.addRecord(record, Section.ANSWER);
        }
        return reply;
    }

    static Record record(String owner, int type, String rdata) {
        try {
            return Record.fromString(Name.fromString(owner, ZONE), type, DClass.IN, 300, rdata, ZONE);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(rdata, unreadable);
        }
    }

    /** A SOA that is looked at once an hour, again after ten minutes, and expires after a day. */
    static Record soa(long serial) {
        return soa(serial, 3600, 600, 86_400);
    }

    static Record soa(long serial, int refresh, int retry, int expire) {
        return record("@", Type.SOA, "ns hostmaster " + serial + " " + refresh + " " + retry + " " + expire + " 60");
    }

    static Record www(String address) {
        return record("www", Type.A, address);
    }

    /** Tells the truth about a zone of a SOA, an NS and one address. */
    static Script zone(Record soa, String address) {
        return (question, line) -> {
            if (question.getQuestion().getType() == Type.SOA) {
                line.send(reply(question, soa));
            } else {
                line.send(reply(question, soa, record("@", Type.NS, "ns")));
                line.send(reply(question, www(address), soa));
            }
        };
    }

    /** Tells the truth when asked for the SOA, and something else of the zone. */
    static Script lying(Record soa, Script transfer) {
        return (question, line) -> {
            if (question.getQuestion().getType() == Type.SOA) {
                line.send(reply(question, soa));
            } else {
                transfer.answer(question, line);
            }
        };
    }
}
