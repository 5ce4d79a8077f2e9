package dev.waypost.socket.tls;

import dev.waypost.ConfigurationException;
import dev.waypost.Metric;
import dev.waypost.MetricSource;
import dev.waypost.PeriodicTask;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;

/**
 * What the {@code tls} listeners of a server prove themselves by, read from PEM files and read again when those change: the
 * next handshake has the new certificate. Files that cannot be used leave the old ones in use, with an alarm in the log and
 * in the metrics.
 *
 * <p>TLS 1.2 and 1.3, ALPN {@code dot} for clients that ask for one (RFC 7858), sessions resumed as the JDK does. Safe for
 * any number of threads.
 */
public final class ServerTls implements MetricSource {
    private static final Logger LOG = System.getLogger("dev.waypost.socket.tls");

    private final TlsFiles files;
    private final LongAdder refusals = new LongAdder();
    private volatile TlsContext context;
    private String lastRefusal = "";

    private ServerTls(TlsFiles files) {
        this.files = files;
        this.context = TlsContext.of(files, files.read());
    }

    /**
     * Reads the files; clients are asked for no certificate.
     *
     * @param certificates the server's certificate first, then those that vouch for it
     * @param key its RSA or EC key: PKCS #8, PKCS #1 or SEC 1, without a password
     * @throws ConfigurationException when they cannot be used, with file and line
     */
    public static ServerTls of(Path certificates, Path key) {
        return of(certificates, key, ClientAuthentication.NONE, Optional.empty());
    }

    /**
     * The same, with something to ask of clients.
     *
     * @param authorities who must have signed clients' certificates where they are verified; empty for those that the JDK
     *     trusts
     */
    public static ServerTls of(Path certificates, Path key, ClientAuthentication clients, Optional<Path> authorities) {
        return new ServerTls(new TlsFiles(certificates, key, clients, authorities));
    }

    /** What one stream speaks TLS with, as the server. */
    public SSLEngine engine() {
        return context.engine();
    }

    /**
     * Reads the files again, if they have changed.
     *
     * @return whether others are in use now
     */
    public synchronized boolean refresh() {
        try {
            TlsFiles.Contents contents = files.read();
            boolean changed = !context.isOf(contents);
            if (changed) {
                context = TlsContext.of(files, contents);
                LOG.log(Level.INFO, () -> files.certificates() + ": a new certificate is in use");
            }
            lastRefusal = "";
            return changed;
        } catch (ConfigurationException unusable) {
            refused(String.valueOf(unusable.getMessage()));
            return false;
        }
    }

    private void refused(String refusal) {
        refusals.increment();
        if (!refusal.equals(lastRefusal)) { // looked at again and again, told once
            LOG.log(Level.ERROR, () -> "the certificate before stays in use: " + refusal);
        }
        lastRefusal = refusal;
    }

    /** {@link #refresh} again and again, for the engine or plan that serves with it. */
    public PeriodicTask refreshing(Duration interval) {
        return new PeriodicTask("tls", interval, this::refresh);
    }

    @Override
    public void collect(Consumer<Metric> sink) {
        Map<String, String> labels = Map.of("certificate", files.certificates().toString());
        sink.accept(new Metric.Gauge(
                "waypost_tls_certificate_not_after_seconds",
                "When the certificate in use ends, in seconds since 1970.",
                labels,
                context.notAfter().getEpochSecond()));
        sink.accept(new Metric.Counter(
                "waypost_tls_certificate_refusals_total",
                "Changed certificate files that could not be used; the ones before stay in use.",
                labels,
                refusals.sum()));
    }
}
