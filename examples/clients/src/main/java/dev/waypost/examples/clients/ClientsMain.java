package dev.waypost.examples.clients;

import dev.waypost.engine.DnsEngine;
import dev.waypost.testkit.FakeCluster;
import dev.waypost.testkit.FakeService;
import java.io.IOException;
import java.io.PrintStream;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/** Two servers, two clients, and a service that moves from one server to the other. */
public final class ClientsMain {
    private ClientsMain() {}

    /** Runs the example. */
    public static void main(String[] args) throws IOException {
        run(System.out);
    }

    static void run(PrintStream out) throws IOException {
        FakeCluster cluster = new FakeCluster();
        FakeService web = cluster.service("shop", "web");
        try (EchoServer first = new EchoServer("127.0.0.1", 0);
                EchoServer second = new EchoServer("127.0.0.2", first.port());
                DnsEngine engine = cluster.engine("checkout")) {
            String url = "http://web.shop:" + second.port() + "/";
            OkHttpClient okHttp =
                    new OkHttpClient.Builder().dns(new OkHttpNames(engine)).build();
            try (CloseableHttpClient apache = apache(engine)) {
                for (String address : new String[] {"127.0.0.1", "127.0.0.2"}) {
                    web.endpoints(address);
                    out.println("OkHttp reached " + get(okHttp, url));
                    out.println("Apache HttpClient reached " + get(apache, url));
                }
            } finally {
                okHttp.dispatcher().executorService().shutdown();
                okHttp.connectionPool().evictAll();
            }
        }
    }

    private static CloseableHttpClient apache(DnsEngine engine) {
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new ApacheNames(engine))
                        .build())
                .build();
    }

    private static String get(OkHttpClient client, String url) throws IOException {
        try (Response response =
                client.newCall(new Request.Builder().url(url).build()).execute()) {
            return response.body().string();
        }
    }

    private static String get(CloseableHttpClient client, String url) throws IOException {
        return client.execute(new HttpGet(url), response -> EntityUtils.toString(response.getEntity()));
    }
}
