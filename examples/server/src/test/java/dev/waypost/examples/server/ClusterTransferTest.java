package dev.waypost.examples.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.corefile.CorefilePlanner;
import dev.waypost.socket.CorefileServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;
import org.xbill.DNS.ZoneTransferException;
import org.xbill.DNS.ZoneTransferIn;

@DisplayName("Zones of a cluster over TCP: AXFR (RFC 5936)")
class ClusterTransferTest {
    private static final String COREFILE = """
            .:0 {
                bind 127.0.0.1
                transfer cluster.local 2.0.192.in-addr.arpa example.org {
                    to 127.0.0.1
                }
                k8s_external example.org
                kubernetes cluster.local hidden.example 192.0.2.0/24 {
                    manifests cluster.yaml
                    namespaces shop
                    ttl 30
                }
            }
            """;
    private static final String CLUSTER = """
            {apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop},
             spec: {clusterIP: 192.0.2.10, externalIPs: [203.0.113.10], ports: [{name: http, port: 80}]}}
            ---
            {apiVersion: v1, kind: Service, metadata: {name: secret, namespace: hidden},
             spec: {clusterIP: 192.0.2.11, externalIPs: [203.0.113.11]}}
            """;

    @TempDir
    private Path folder;

    private static List<String> transfer(int port, String zone) throws Exception {
        ZoneTransferIn transfer = ZoneTransferIn.newAXFR(
                Name.fromString(zone), new InetSocketAddress(InetAddress.getLoopbackAddress(), port), null);
        transfer.run();
        return transfer.getAXFR().stream().map(ClusterTransferTest::text).toList();
    }

    private static String text(Record record) {
        String rdata = record.getType() == Type.SOA ? "" : " " + record.rdataToString();
        return record.getName() + " " + record.getTTL() + " " + Type.string(record.getType()) + rdata;
    }

    @Test
    void zonesThatMayBeTransferredAreAndOthersAreNot() throws Exception {
        Files.writeString(folder.resolve("cluster.yaml"), CLUSTER);
        Path corefile = Files.writeString(folder.resolve("Corefile"), COREFILE);
        try (CorefileServer server = CorefileServer.start(corefile, CorefilePlanner.installed())) {
            int port = server.server().addresses().get(0).getPort();
            List<String> services = transfer(port, "cluster.local.");
            assertThat(services.get(0)).isEqualTo("cluster.local. 30 SOA");
            assertThat(services.get(services.size() - 1)).isEqualTo("cluster.local. 30 SOA");
            assertThat(services)
                    .contains(
                            "web.shop.svc.cluster.local. 30 A 192.0.2.10",
                            "web.shop.svc.cluster.local. 30 SRV 0 100 80 web.shop.svc.cluster.local.",
                            "_http._tcp.web.shop.svc.cluster.local. 30 SRV 0 100 80 web.shop.svc.cluster.local.")
                    .noneMatch(record -> record.contains("secret"));
            assertThat(transfer(port, "2.0.192.in-addr.arpa."))
                    .contains("10.2.0.192.in-addr.arpa. 30 PTR web.shop.svc.cluster.local.")
                    .noneMatch(record -> record.startsWith("11."));
            assertThat(transfer(port, "example.org."))
                    .contains("web.shop.example.org. 5 A 203.0.113.10")
                    .noneMatch(record -> record.contains("secret"));
            assertThatThrownBy(() -> transfer(port, "hidden.example.")).isInstanceOf(ZoneTransferException.class);
        }
    }
}
