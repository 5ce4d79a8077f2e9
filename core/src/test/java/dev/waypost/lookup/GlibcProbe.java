package dev.waypost.lookup;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

/**
 * Prints, a line a name, which QNAMEs glibc asks for. Runs where it has 127.0.0.1 to itself, as the name server that
 * resolv.conf names; no name exists, so that glibc walks its list to the end.
 */
final class GlibcProbe {
    private static final int PORT = 53;
    private static final int MOST_OCTETS = 512;

    private final Set<String> asked = new LinkedHashSet<>();

    private GlibcProbe() {}

    public static void main(String[] names) throws Exception {
        GlibcProbe probe = new GlibcProbe();
        byte[] loopback = {127, 0, 0, 1};
        try (DatagramSocket socket =
                new DatagramSocket(new InetSocketAddress(InetAddress.getByAddress(loopback), PORT))) {
            Thread server = new Thread(() -> probe.serve(socket));
            server.setDaemon(true);
            server.start();
            for (String name : names) {
                new ProcessBuilder("getent", "ahosts", name)
                        .redirectErrorStream(true)
                        .start()
                        .waitFor();
                System.out.println(String.join(" ", probe.taken()));
            }
        }
    }

    private synchronized Set<String> taken() {
        Set<String> taken = new LinkedHashSet<>(asked);
        asked.clear();
        return taken;
    }

    private synchronized void note(String qname) {
        asked.add(qname); // asked twice is asked again for want of an answer in time
    }

    private void serve(DatagramSocket socket) {
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(new byte[MOST_OCTETS], MOST_OCTETS);
                socket.receive(packet);
                Message message = new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
                note(message.getQuestion().getName().toString());
                message.getHeader().setFlag(Flags.QR);
                message.getHeader().setFlag(Flags.RA);
                message.getHeader().setRcode(Rcode.NXDOMAIN);
                message.removeAllRecords(Section.ADDITIONAL);
                byte[] reply = message.toWire();
                socket.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
            }
        } catch (IOException closed) {
            // The names are through.
        }
    }
}
