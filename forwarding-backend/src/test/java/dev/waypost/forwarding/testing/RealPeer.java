package dev.waypost.forwarding.testing;

import dev.waypost.testing.FreePort;
import dev.waypost.testing.Patience;
import dev.waypost.testing.TestCertificate;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A name server of somebody else's, run for a test on 127.0.0.1 with one zone: plain, under TLS and over HTTPS. */
public final class RealPeer implements AutoCloseable {
    /** The zone of both. */
    public static final List<String> ZONE = List.of(
            "example. 300 IN SOA ns.example. hostmaster.example. 1 7200 1800 86400 60",
            "example. 300 IN NS ns.example.",
            "ns.example. 300 IN A 192.0.2.53",
            "www.example. 300 IN A 192.0.2.1",
            "www.example. 300 IN A 192.0.2.2",
            "www.example. 300 IN AAAA 2001:db8::1",
            "mail.example. 300 IN MX 10 www.example.",
            "text.example. 300 IN TXT \"one\" \"two\"",
            "srv.example. 300 IN SRV 1 2 53 www.example.");

    private static final int BIG = 150;

    private final Path folder;
    private final Process process;
    private final int plain;
    private final int secure;
    private final int https;

    private RealPeer(Path folder, Process process, int plain, int secure, int https) {
        this.folder = folder;
        this.process = process;
        this.plain = plain;
        this.secure = secure;
        this.https = https;
    }

    /** Unbound with the zone as local data. */
    public static RealPeer unbound(Path binary, Path folder, TestCertificate certificate) throws IOException {
        int plain = FreePort.next();
        int secure = FreePort.next();
        int https = FreePort.next();
        certificate.write(folder);
        StringBuilder data = new StringBuilder();
        records().forEach(each -> data.append("  local-data: '").append(each).append("'\n"));
        Path configuration =
                Files.writeString(folder.resolve("unbound.conf"), """
                server:
                  directory: "%1$s"
                  chroot: ""
                  username: ""
                  pidfile: "%1$s/unbound.pid"
                  use-syslog: no
                  do-daemonize: no
                  num-threads: 1
                  module-config: "iterator"
                  interface: 127.0.0.1@%2$d
                  interface: 127.0.0.1@%3$d
                  interface: 127.0.0.1@%4$d
                  tls-port: %3$d
                  https-port: %4$d
                  tls-service-key: "%1$s/key.pem"
                  tls-service-pem: "%1$s/cert.pem"
                  local-zone: "example." static
                """.formatted(folder, plain, secure, https) + data);
        return started(folder, plain, secure, https, binary.toString(), "-d", "-c", configuration.toString());
    }

    /** BIND with the zone as its own. */
    public static RealPeer named(Path binary, Path folder, TestCertificate certificate) throws IOException {
        int plain = FreePort.next();
        int secure = FreePort.next();
        int https = FreePort.next();
        certificate.write(folder);
        Files.write(folder.resolve("db.example"), records());
        Path configuration =
                Files.writeString(folder.resolve("named.conf"), """
                tls own { cert-file "%1$s/cert.pem"; key-file "%1$s/key.pem"; };
                http own { endpoints { "/dns-query"; }; };
                controls {};
                options {
                  directory "%1$s";
                  pid-file "%1$s/named.pid";
                  session-keyfile "%1$s/session.key";
                  listen-on port %2$d { 127.0.0.1; };
                  listen-on port %3$d tls own { 127.0.0.1; };
                  listen-on port %4$d tls own http own { 127.0.0.1; };
                  listen-on-v6 { none; };
                  recursion no;
                  dnssec-validation no;
                  max-records-per-type 0;
                };
                zone "example" { type primary; file "db.example"; };
                """.formatted(folder, plain, secure, https));
        return started(
                folder, plain, secure, https, binary.toString(), "-g", "-n", "1", "-c", configuration.toString());
    }

    /** The zone, and a name whose answer no datagram holds. */
    private static List<String> records() {
        List<String> records = new java.util.ArrayList<>(ZONE);
        for (int i = 0; i < BIG; i++) {
            records.add("big.example. 300 IN A 192.0.2." + i);
        }
        return records;
    }

    private static RealPeer started(Path folder, int plain, int secure, int https, String... command)
            throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        RealPeer peer = new RealPeer(folder, process, plain, secure, https);
        try {
            Awaitility.await()
                    .ignoreExceptions()
                    .until(() -> !peer.ask("www.example.", Type.A)
                            .getSection(Section.ANSWER)
                            .isEmpty());
            return peer;
        } catch (RuntimeException failed) {
            peer.close();
            throw new IllegalStateException(Files.readString(folder.resolve("log")), failed);
        }
    }

    /** Its port for UDP and TCP. */
    public InetSocketAddress plain() {
        return at(plain);
    }

    /** Its port for TLS. */
    public InetSocketAddress secure() {
        return at(secure);
    }

    /** Its port for HTTPS. */
    public InetSocketAddress https() {
        return at(https);
    }

    private static InetSocketAddress at(int port) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** What it says itself, asked over TCP. */
    public Message ask(String qname, int qtype) throws IOException {
        Message query = new Message(4711);
        query.getHeader().setFlag(org.xbill.DNS.Flags.RD);
        query.addRecord(Record.newRecord(Name.fromConstantString(qname), qtype, DClass.IN), Section.QUESTION);
        byte[] wire = query.toWire();
        try (Socket socket = new Socket(plain().getAddress(), plain)) {
            socket.setSoTimeout((int) Patience.LIMIT.toMillis());
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeShort(wire.length);
            out.write(wire);
            out.flush();
            DataInputStream in = new DataInputStream(socket.getInputStream());
            return new Message(in.readNBytes(in.readUnsignedShort()));
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException hurry) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return process.info().command().orElse("peer") + " in " + folder;
    }
}
