package dev.waypost.socket.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waypost.Metric;
import dev.waypost.testing.OpenSockets;
import dev.waypost.testing.Zones;
import dev.waypost.tsig.TsigAlgorithm;
import dev.waypost.tsig.TsigKey;
import dev.waypost.zone.ReloadableZone;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.Type;

class NotifySenderTest {
    private static final Name ZONE = Zones.name("example.org");

    private static final NotifyPace QUICK =
            new NotifyPace(Duration.ofMillis(10), Duration.ofMillis(50), Duration.ofMillis(500));

    private final ReloadableZone zone = new ReloadableZone(ZONE);
    private final Listener listener = new Listener();
    private NotifySender sender = sender(Optional.empty());

    private NotifySender sender(Optional<TsigKey> key) {
        NotifyTarget target = new NotifyTarget(listener.address(), key);
        return new NotifySender(
                List.of(zone), name -> List.of(target), List.of(InetAddress.getLoopbackAddress()), QUICK);
    }

    private void publish(int serial) {
        zone.publish(
                Zones.zone("example.org", "@ 3600 SOA ns hostmaster " + serial + " 7200 1800 86400 60", "@ NS ns"));
    }

    private Map<String, Double> counters() {
        Map<String, Double> counters = new TreeMap<>();
        sender.collect(metric -> counters.put(metric.name(), ((Metric.Counter) metric).value()));
        return counters;
    }

    @AfterEach
    void stop() throws IOException {
        sender.close();
        listener.close();
    }

    @Test
    @DisplayName("RFC 1996 sections 3.7 and 4.5: a NOTIFY has AA, the zone's SOA as its question and as a hint")
    void wordOfChangeIsANotify() throws Exception {
        publish(7);
        sender.start();
        Message word = listener.next();
        assertThat(word.getHeader().getOpcode()).isEqualTo(Opcode.NOTIFY);
        assertThat(word.getHeader().getFlag(Flags.QR)).isFalse();
        assertThat(word.getHeader().getFlag(Flags.AA)).isTrue();
        assertThat(word.getQuestion().getName()).isEqualTo(ZONE);
        assertThat(word.getQuestion().getType()).isEqualTo(Type.SOA);
        assertThat(serial(word)).isEqualTo(7);
    }

    @Test
    @DisplayName("RFC 1996 section 3.6: a NOTIFY is sent again until it is answered, and no more then")
    void unansweredWordIsSaidAgain() throws Exception {
        publish(7);
        sender.start();
        Message first = listener.next();
        Message second = listener.next();
        assertThat(second.getHeader().getID()).isEqualTo(first.getHeader().getID());
        listener.answer(second, Rcode.NOERROR);
        await().until(() -> counters().get("waypost_notify_answered_total") == 1);
        double sent = counters().get("waypost_notify_sent_total");
        assertThat(sent).isGreaterThanOrEqualTo(2);
        await().during(QUICK.patience().multipliedBy(2))
                .until(() -> counters().get("waypost_notify_sent_total") == sent);
    }

    @Test
    void everyOtherSerialIsTold() throws Exception {
        sender.start();
        publish(7);
        listener.answer(listener.next(), Rcode.NOERROR);
        await().until(() -> counters().get("waypost_notify_answered_total") == 1);
        publish(8);
        Message word = listener.next();
        while (serial(word) == 7) { // said again before its answer was heard
            word = listener.next();
        }
        assertThat(serial(word)).isEqualTo(8);
        listener.answer(word, Rcode.NOTIMP); // an answer all the same
        await().until(() -> counters().get("waypost_notify_answered_total") == 2);
    }

    private static long serial(Message word) {
        return ((SOARecord) word.getSection(Section.ANSWER).get(0)).getSerial();
    }

    @Test
    void strangersAnswerNothing() throws Exception {
        publish(7);
        sender.start();
        Message word = listener.next();
        InetSocketAddress from = listener.asker();
        try (DatagramSocket stranger = new DatagramSocket()) {
            byte[] reply = Listener.reply(word, Rcode.NOERROR);
            stranger.send(new DatagramPacket(reply, reply.length, from));
        }
        byte[] otherId = Listener.reply(word, Rcode.NOERROR);
        otherId[0] ^= 1;
        listener.send(otherId, from);
        listener.send(new byte[] {1, 2, 3}, from);
        double sent = counters().get("waypost_notify_sent_total");
        // And so it is said again: at the second time all of that has been received.
        await().until(() -> counters().get("waypost_notify_sent_total") >= sent + 2);
        assertThat(counters()).containsEntry("waypost_notify_answered_total", 0.0);
    }

    @Test
    @DisplayName("RFC 8945: with a key the word is signed, and only a signed answer counts")
    void wordIsSignedWhereThereIsAKey() throws Exception {
        byte[] secret = "thirty-two octets of good secret".getBytes(StandardCharsets.US_ASCII);
        Name name = Name.fromConstantString("notify.key.");
        sender = sender(Optional.of(new TsigKey(name, TsigAlgorithm.HMAC_SHA256, secret)));
        publish(7);
        sender.start();
        Message word = listener.next();
        TSIG theirs = new TSIG(TSIG.HMAC_SHA256, name, secret);
        assertThat(Rcode.TSIGstring(theirs.verify(word, listener.octets(), null)))
                .isEqualTo("NOERROR");
        Message reply = new Message(Listener.reply(word, Rcode.NOERROR));
        theirs.apply(reply, word.getTSIG());
        listener.send(reply.toWire(), listener.asker());
        await().until(() -> counters().get("waypost_notify_answered_total") == 1);
    }

    @Test
    void endLeavesNoThread() throws Exception {
        publish(7);
        sender.start();
        listener.next();
        sender.close();
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("waypost-notify"));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void endByAnInterruptedThreadLeavesNoSocket() throws Exception {
        publish(7);
        sender.start();
        listener.next();
        sender.close(); // by now the JDK has what it opens once for all
        long sockets = OpenSockets.count();
        sender = sender(Optional.empty());
        sender.start();
        listener.next();
        Thread.currentThread().interrupt(); // so nobody waits for the sender
        sender.close();
        assertThat(Thread.interrupted()).isTrue();
        await().untilAsserted(() -> assertThat(OpenSockets.count()).isLessThanOrEqualTo(sockets));
    }

    /** A server that hears. */
    private static final class Listener {
        private final DatagramSocket socket;
        private final BlockingQueue<DatagramPacket> heard = new LinkedBlockingQueue<>();
        private DatagramPacket last = new DatagramPacket(new byte[0], 0);

        Listener() {
            try {
                socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
            } catch (IOException refused) {
                throw new IllegalStateException(refused);
            }
            Thread thread = new Thread(this::listen, "listener");
            thread.setDaemon(true);
            thread.start();
        }

        private void listen() {
            try {
                while (true) {
                    DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
                    socket.receive(packet);
                    heard.add(packet);
                }
            } catch (IOException closed) {
                // the end
            }
        }

        InetSocketAddress address() {
            return (InetSocketAddress) socket.getLocalSocketAddress();
        }

        Message next() throws Exception {
            DatagramPacket packet = heard.poll(Copy.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(packet).as("a datagram in time").isNotNull();
            last = packet;
            return new Message(octets());
        }

        byte[] octets() {
            return Arrays.copyOf(last.getData(), last.getLength());
        }

        InetSocketAddress asker() {
            return (InetSocketAddress) last.getSocketAddress();
        }

        void answer(Message word, int rcode) throws IOException {
            send(reply(word, rcode), asker());
        }

        void send(byte[] octets, InetSocketAddress to) throws IOException {
            socket.send(new DatagramPacket(octets, octets.length, to));
        }

        static byte[] reply(Message word, int rcode) {
            Message reply = new Message(word.getHeader().getID());
            reply.getHeader().setOpcode(Opcode.NOTIFY);
            reply.getHeader().setFlag(Flags.QR);
            reply.getHeader().setRcode(rcode);
            reply.addRecord(word.getQuestion(), Section.QUESTION);
            return reply.toWire();
        }

        void close() {
            socket.close();
        }
    }
}
