package dev.waypost.socket.transfer;

import dev.waypost.tsig.TsigKey;
import dev.waypost.tsig.TsigQuery;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/**
 * A stream to a primary: one question at a time, and the messages of its answer, each checked before it is handed on. For
 * one thread, but for {@link #close}, which ends whatever it waits for.
 */
final class PrimaryConnection implements Closeable {
    private static final SecureRandom IDS = new SecureRandom();

    private final Socket socket = new Socket();
    private final TransferLimits limits;
    private final Optional<TsigKey> key;
    private final long endNanos;
    private @Nullable Message question;
    private @Nullable TsigQuery signature;
    private long octetsLeft;

    PrimaryConnection(TransferLimits limits, Optional<TsigKey> key) {
        this.limits = limits;
        this.key = key;
        this.endNanos = System.nanoTime() + limits.whole().toNanos();
        this.octetsLeft = limits.octets();
    }

    void connect(InetSocketAddress primary) throws IOException {
        socket.setTcpNoDelay(true);
        socket.connect(primary, patienceMillis());
    }

    /** Asks a question, signed where there is a key. */
    void ask(Name zone, int qtype) throws IOException {
        Message query = new Message(IDS.nextInt(1 << 16));
        query.addRecord(Record.newRecord(zone, qtype, DClass.IN), Section.QUESTION);
        byte[] octets = query.toWire();
        if (key.isPresent()) {
            TsigQuery exchange = new TsigQuery(key.get(), Clock.systemUTC());
            byte[] space = Arrays.copyOf(octets, octets.length + exchange.octets());
            octets = Arrays.copyOf(space, exchange.sign(space, octets.length));
            signature = exchange;
        }
        question = query;
        byte[] framed = new byte[octets.length + 2];
        framed[0] = (byte) (octets.length >>> 8);
        framed[1] = (byte) octets.length;
        System.arraycopy(octets, 0, framed, 2, octets.length);
        socket.getOutputStream().write(framed);
    }

    /**
     * The next message of the answer.
     *
     * @throws TransferException for one that does not belong to the question, or is an error, or is not signed as it must
     */
    Message next() throws IOException {
        byte[] octets = read();
        Optional<String> unbelievable = signature == null ? Optional.empty() : signature.check(octets, octets.length);
        Message message = parsed(octets);
        if (unbelievable.isPresent()) {
            throw new TransferException("the answer cannot be believed: " + unbelievable.get() + rcode(message));
        }
        check(message);
        return message;
    }

    /** Whether what was read up to now is signed, where it must be. */
    boolean isSigned() {
        return signature == null || signature.isSigned();
    }

    private static Message parsed(byte[] octets) throws IOException {
        try {
            return new Message(octets);
        } catch (IOException | RuntimeException unreadable) { // dnsjava's parsers of rare types throw either
            throw new TransferException("a message cannot be read: " + unreadable.getMessage());
        }
    }

    private static String rcode(Message message) {
        int rcode = message.getRcode();
        return rcode == Rcode.NOERROR ? "" : " (" + Rcode.string(rcode) + ")";
    }

    private void check(Message message) throws IOException {
        Message asked = question;
        if (asked == null
                || message.getHeader().getID() != asked.getHeader().getID()
                || !message.getHeader().getFlag(Flags.QR)
                || message.getHeader().getOpcode() != Opcode.QUERY) {
            throw new TransferException("a message answers another question");
        }
        if (message.getRcode() != Rcode.NOERROR) {
            throw new TransferException("the answer is " + Rcode.string(message.getRcode()));
        }
        Record about = message.getQuestion();
        if (about != null
                && !about.equals(asked.getQuestion())) { // later messages may leave it out: RFC 5936 section 2.2.1
            throw new TransferException("a message answers another question, " + about.getName());
        }
        if (message.getHeader().getFlag(Flags.TC)) {
            throw new TransferException("the answer was cut");
        }
    }

    private byte[] read() throws IOException {
        DataInputStream in = new DataInputStream(new Patient(socket.getInputStream()));
        try {
            byte[] message = new byte[in.readUnsignedShort()];
            octetsLeft -= message.length;
            if (octetsLeft < 0) {
                throw new TransferException("the zone takes more than " + limits.octets() + " octets");
            }
            in.readFully(message);
            return message;
        } catch (EOFException cut) {
            throw new TransferException("the connection was closed before the answer ended");
        } catch (SocketTimeoutException silent) {
            throw new TransferException(
                    System.nanoTime() - endNanos >= 0
                            ? "the answer takes longer than " + limits.whole()
                            : "nothing came for " + limits.silence());
        }
    }

    /** How long the next octet may take. */
    private int patienceMillis() throws SocketTimeoutException {
        long left = endNanos - System.nanoTime();
        if (left <= 0) {
            throw new SocketTimeoutException();
        }
        long patience = Math.min(left, limits.silence().toNanos());
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, TimeUnit.NANOSECONDS.toMillis(patience)));
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException unclosed) {
            // nothing more can be done
        }
    }

    /** Waits for octets as long as it may now, at each read anew. */
    private final class Patient extends InputStream {
        private final InputStream in;

        Patient(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            socket.setSoTimeout(patienceMillis());
            return in.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            socket.setSoTimeout(patienceMillis());
            return in.read(target, offset, length);
        }
    }
}
