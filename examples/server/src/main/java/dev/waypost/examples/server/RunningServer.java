package dev.waypost.examples.server;

import dev.waypost.corefile.CorefilePlanner;
import dev.waypost.engine.DnsEngine;
import dev.waypost.engine.ZonePlan;
import dev.waypost.socket.CorefileServer;
import dev.waypost.socket.DnsServer;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.xbill.DNS.Name;

/** A server that answers, and how it ends. */
final class RunningServer {
    private final DnsEngine engine;
    private final DnsServer server;
    private final Runnable close;
    private final List<Name> names;

    private RunningServer(DnsEngine engine, DnsServer server, Runnable close, List<Name> names) {
        this.engine = engine;
        this.server = server;
        this.close = close;
        this.names = List.copyOf(names);
    }

    /** Serves a Corefile. */
    static RunningServer of(Path corefile, CorefilePlanner planner) {
        CorefileServer running = CorefileServer.start(corefile, planner);
        return new RunningServer(running.engine(), running.server(), running::close, List.of());
    }

    /** Serves the packaged cluster. */
    static RunningServer ofSampleCluster(int port) {
        SampleCluster cluster = new SampleCluster(port);
        DnsEngine engine = cluster.engine().start();
        try {
            DnsServer server = DnsServer.builder(engine).start();
            Runnable close = () -> {
                server.close();
                engine.close();
            };
            return new RunningServer(engine, server, close, cluster.names());
        } catch (RuntimeException refused) {
            engine.close();
            throw refused;
        }
    }

    /** Tells what is served and where, and a line to try. */
    void describe(Consumer<String> print) {
        engine.plan().zones().stream().map(ZonePlan::origin).distinct().forEach(zone -> print.accept("zone " + zone));
        names.forEach(name -> print.accept("name " + name));
        for (InetSocketAddress address : server.addresses()) {
            print.accept(
                    "DNS on " + address.getAddress().getHostAddress() + " port " + address.getPort() + ", UDP and TCP");
        }
        server.endpoints().forEach(endpoint -> print.accept("HTTP on " + endpoint));
        if (!names.isEmpty()) {
            InetSocketAddress first = server.addresses().get(0);
            print.accept(
                    "try: dig @" + first.getAddress().getHostAddress() + " -p " + first.getPort() + " " + names.get(0));
        }
        print.accept(Version.text());
    }

    /** Ends it: what was asked is answered, nothing is left open. */
    void close() {
        close.run();
    }
}
