package dev.waypost.kubernetes.external;

import dev.waypost.kubernetes.KubernetesBackend;
import dev.waypost.testing.ChangingSourceContract;
import dev.waypost.testing.TransferableSourceContract;
import dev.waypost.testing.Zones;
import dev.waypost.zone.TransferableSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

@DisplayName("What every record source keeps")
class ExternalContractTest {
    private final KubernetesBackend cluster = KubernetesBackend.inMemory().build();
    private final TransferableSource services = (TransferableSource)
            cluster.external("example.org").headless().build().zones().get(0);
    private final TransferableSource addresses = (TransferableSource)
            cluster.external("example.org", "in-addr.arpa").build().zones().get(1);

    ExternalContractTest() {
        cluster.apply(service("web", "192.0.2.10", "203.0.113.10"));
        cluster.apply(service("orders", "192.0.2.11", ""));
        cluster.apply(slice("198.51.100.1"));
    }

    private static String service(String name, String clusterIp, String externalIp) {
        return """
                apiVersion: v1
                kind: Service
                metadata: {name: %s, namespace: shop}
                spec: {clusterIP: %s, externalIPs: [%s], ports: [{name: http, port: 80}]}
                """.formatted(name, clusterIp, externalIp);
    }

    private static String slice(String address) {
        return """
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: orders-1, namespace: shop, labels: {kubernetes.io/service-name: orders}}
                ports: [{name: http, port: 8080}]
                endpoints: [{addresses: [%s], hostname: first}]
                """.formatted(address);
    }

    /** One name of the zone of services, and what changes it. */
    private abstract class OfServices implements ChangingSourceContract, TransferableSourceContract {
        @Override
        public TransferableSource source() {
            return services;
        }

        @Override
        public Name absentName() {
            return Zones.name("late.shop.example.org");
        }

        @Override
        public void addAbsent() {
            cluster.apply(service("late", "192.0.2.30", "203.0.113.30"));
        }
    }

    @Nested
    class ExternalAddress extends OfServices {
        @Override
        public Name presentName() {
            return Zones.name("web.shop.example.org");
        }

        @Override
        public int presentType() {
            return Type.A;
        }

        @Override
        public void changePresent() {
            cluster.apply(service("web", "192.0.2.10", "203.0.113.11"));
        }
    }

    @Nested
    class NamedPort extends OfServices {
        @Override
        public Name presentName() {
            return Zones.name("_http._tcp.web.shop.example.org");
        }

        @Override
        public int presentType() {
            return Type.SRV;
        }

        @Override
        public Name absentName() {
            return Zones.name("_http._tcp.late.shop.example.org");
        }

        @Override
        public void changePresent() {
            cluster.apply(service("web", "192.0.2.10", "203.0.113.10").replace("port: 80", "port: 81"));
        }
    }

    @Nested
    class EndpointOfAClusterIp extends OfServices {
        @Override
        public Name presentName() {
            return Zones.name("first.orders.shop.example.org");
        }

        @Override
        public int presentType() {
            return Type.A;
        }

        @Override
        public void changePresent() {
            cluster.apply(slice("198.51.100.2"));
        }
    }

    @Nested
    class ReverseOfAnExternalAddress implements ChangingSourceContract, TransferableSourceContract {
        @Override
        public TransferableSource source() {
            return addresses;
        }

        @Override
        public Name presentName() {
            return Zones.name("10.113.0.203.in-addr.arpa");
        }

        @Override
        public int presentType() {
            return Type.PTR;
        }

        @Override
        public Name absentName() {
            return Zones.name("30.113.0.203.in-addr.arpa");
        }

        @Override
        public void changePresent() {
            cluster.apply(service("second", "192.0.2.12", "203.0.113.10"));
        }

        @Override
        public void addAbsent() {
            cluster.apply(service("late", "192.0.2.30", "203.0.113.30"));
        }
    }
}
