package dev.waypost.examples.server;

import dev.waypost.corefile.CorefilePlanner;
import dev.waypost.kubernetes.testing.ScriptedApiServer;
import dev.waypost.socket.CorefileServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The default Kubernetes Corefile on free ports, between a scripted API server and an upstream. */
final class KubernetesServer implements AutoCloseable {
    private final Path corefile;
    private final CorefileServer running;

    private KubernetesServer(Path corefile, CorefileServer running) {
        this.corefile = corefile;
        this.running = running;
    }

    static KubernetesServer start(Path folder, ScriptedApiServer api, Upstream upstream) throws IOException {
        Path corefile = folder.resolve("Corefile");
        Files.writeString(corefile, text());
        Map<String, String> environment = Map.of(
                "PORT",
                "0",
                "P1",
                "0",
                "P2",
                "0",
                "P3",
                "0", //
                "API",
                api.url().toString(),
                "UPSTREAM",
                upstream.address());
        CorefilePlanner planner = CorefilePlanner.installed().withEnvironment(environment::get);
        return new KubernetesServer(corefile, CorefileServer.start(corefile, planner));
    }

    static String text() throws IOException {
        try (InputStream in = KubernetesServer.class.getResourceAsStream("/kubernetes.Corefile")) {
            if (in == null) {
                throw new IllegalStateException("kubernetes.Corefile is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    CorefileServer running() {
        return running;
    }

    void rewrite(String text) throws IOException {
        Files.writeString(corefile, text);
    }

    int port() {
        return running.server().addresses().stream()
                .filter(address -> address.getAddress().equals(loopback()))
                .mapToInt(InetSocketAddress::getPort)
                .findFirst()
                .orElseThrow();
    }

    private static InetAddress loopback() {
        return InetAddress.getLoopbackAddress();
    }

    Dig udp() {
        return Dig.udp(port());
    }

    Dig tcp() {
        return Dig.tcp(port());
    }

    /** Gets an HTTP endpoint by the end of its path; the status first, then the body. */
    String http(String path) throws IOException, InterruptedException {
        URI uri = running.server().endpoints().stream()
                .filter(each -> each.getPath().equals(path))
                .findFirst()
                .orElseThrow();
        HttpResponse<String> reply = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        return reply.statusCode() + " " + reply.body();
    }

    @Override
    public void close() {
        Thread.currentThread().interrupt(); // the lameduck time is not waited for
        running.close();
        Thread.interrupted();
    }
}
