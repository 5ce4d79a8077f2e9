package dev.waypost.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waypost.ListenPoint;
import dev.waypost.engine.DnsEngine;
import dev.waypost.socket.SocketCounters.Closing;
import dev.waypost.socket.tls.ClientAuthentication;
import dev.waypost.socket.tls.ServerTls;
import dev.waypost.testing.FakeTicker;
import dev.waypost.testing.TestCertificate;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.xbill.DNS.Message;
import org.xbill.DNS.Type;

/** A server for DNS over TLS on a port of its own, and clients that trust it. */
public final class TlsServer implements AutoCloseable {
    /** Who signs the server's certificate, and a client's. */
    public static final TestCertificate AUTHORITY = TestCertificate.authority("authority.example");

    private final TestPlans plans = new TestPlans();
    private final FakeTicker clock = new FakeTicker();
    private final DnsEngine engine = DnsEngine.of(plans.everything().build()).start();
    private final Path folder;
    private final ServerTls tls;
    private DnsServer server;

    public TlsServer(Path folder) {
        this(folder, ClientAuthentication.NONE);
    }

    public TlsServer(Path folder, ClientAuthentication clients) {
        this.folder = folder;
        AUTHORITY.issue("dns.example").write(folder);
        AUTHORITY.writeCertificate(folder.resolve("ca.pem"));
        this.tls = ServerTls.of(
                folder.resolve("cert.pem"), folder.resolve("key.pem"), clients, Optional.of(folder.resolve("ca.pem")));
        this.server = start(TestPlans.QUICK);
    }

    private DnsServer start(ServerOptions options) {
        return DnsServer.builder(engine)
                .listen(new ListenPoint(ListenPoint.TLS, "127.0.0.1", 0))
                .options(options.withTls(tls))
                .ticker(clock)
                .start();
    }

    /** Serves with other options from now on. */
    public void serve(ServerOptions options) {
        server.close();
        server = start(options);
    }

    public Path folder() {
        return folder;
    }

    public ServerTls tls() {
        return tls;
    }

    TestPlans plans() {
        return plans;
    }

    public void completeAll() {
        plans.completeAll();
    }

    public int waiting() {
        return plans.waiting();
    }

    public DnsServer server() {
        return server;
    }

    public InetSocketAddress local() {
        return server.addresses().get(0);
    }

    SocketCounters counters() {
        return server.counters();
    }

    void awaitClosed(Closing reason, long times) {
        await().until(() -> counters().closed(reason) == times);
    }

    /** Lets time pass until connections are closed for this reason: again and again, since what they did may come in late. */
    void awaitClosedByTime(Duration time, Closing reason, long times) {
        await().until(() -> {
            clock.advance(time);
            return counters().closed(reason) == times;
        });
    }

    /** Lets time pass for the clients. */
    void pass(Duration time) {
        clock.advance(time);
    }

    /** A connection on which nothing has been said yet. */
    public Socket connect() throws IOException {
        return Wire.connect(local());
    }

    /** A client that trusts the authority, and shows no certificate. */
    public static SSLContext client() {
        return client(Optional.empty());
    }

    /** A client that trusts the authority, and shows this certificate. */
    public static SSLContext client(Optional<TestCertificate> shown) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            KeyManager[] keys = shown.map(each -> new KeyManager[] {new InsistentClient(each)})
                    .orElseGet(() -> new KeyManager[0]);
            KeyStore trusted = store();
            trusted.setCertificateEntry("authority", AUTHORITY.certificate());
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            context.init(keys, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static KeyStore store() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    /** A connection of one version of TLS, by whoever trusts the authority. */
    public SSLSocket open(String protocol) throws IOException {
        SSLSocket socket = open(client());
        socket.setEnabledProtocols(new String[] {protocol});
        return socket;
    }

    /** A TLS stream whose handshake is still to come. */
    public SSLSocket open(SSLContext client) throws IOException {
        SSLSocket socket = (SSLSocket)
                client.getSocketFactory().createSocket(connect(), local().getHostString(), local().getPort(), true);
        socket.setSoTimeout(Wire.PATIENCE_MILLIS);
        return socket;
    }

    public static void ask(Socket socket, int id, String qname, int qtype) throws IOException {
        socket.getOutputStream().write(Wire.frame(Wire.query(id, qname, qtype)));
    }

    /** Asks for an address and expects it. */
    public static void assertAnswered(SSLSocket socket) throws IOException {
        ask(socket, 11, TestPlans.HOST, Type.A);
        Message reply = Wire.read(socket);
        assertThat(reply.getHeader().getID()).isEqualTo(11);
        assertThat(Wire.firstOf(reply)).isEqualTo("192.0.2.1");
    }

    public void assertServed() throws IOException {
        try (SSLSocket socket = open(client())) {
            assertAnswered(socket);
        }
    }

    @Override
    public void close() {
        server.close();
        engine.close();
    }
}
