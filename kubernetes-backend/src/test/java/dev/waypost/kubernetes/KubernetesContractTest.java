package dev.waypost.kubernetes;

import dev.waypost.testing.ChangingSourceContract;
import dev.waypost.testing.TransferableSourceContract;
import dev.waypost.testing.Zones;
import dev.waypost.zone.TransferableSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

@DisplayName("What every record source keeps")
class KubernetesContractTest {
    private final KubernetesBackend backend =
            KubernetesBackend.inMemory().zones("cluster.local", "in-addr.arpa").build();

    KubernetesContractTest() {
        backend.apply(service("web", "192.0.2.10"));
        backend.apply(service("orders", "None"));
        backend.apply(slice("198.51.100.1"));
    }

    private static String service(String name, String clusterIp) {
        return """
                apiVersion: v1
                kind: Service
                metadata: {name: %s, namespace: shop}
                spec: {clusterIP: %s, ports: [{name: http, port: 80}]}
                """.formatted(name, clusterIp);
    }

    private static String slice(String address) {
        return """
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: orders-1, namespace: shop, labels: {kubernetes.io/service-name: orders}}
                ports: [{name: http, port: 8080}]
                endpoints: [{addresses: [%s], hostname: orders-0}]
                """.formatted(address);
    }

    /** One name of the cluster's zone, and what changes it. */
    private abstract class Forward implements ChangingSourceContract, TransferableSourceContract {
        @Override
        public TransferableSource source() {
            return (TransferableSource) backend.zones().get(0);
        }

        @Override
        public Name absentName() {
            return Zones.name("late.shop.svc.cluster.local");
        }

        @Override
        public void addAbsent() {
            backend.apply(service("late", "192.0.2.30"));
            backend.apply(slice("198.51.100.1").replace("orders", "late"));
        }
    }

    @Nested
    class ServiceAddress extends Forward {
        @Override
        public Name presentName() {
            return Zones.name("web.shop.svc.cluster.local");
        }

        @Override
        public int presentType() {
            return Type.A;
        }

        @Override
        public void changePresent() {
            backend.apply(service("web", "192.0.2.11"));
        }
    }

    @Nested
    class HeadlessPort extends Forward {
        @Override
        public Name presentName() {
            return Zones.name("_http._tcp.orders.shop.svc.cluster.local");
        }

        @Override
        public int presentType() {
            return Type.SRV;
        }

        @Override
        public void changePresent() {
            backend.apply(slice("198.51.100.2").replace("orders-0", "orders-5"));
        }

        @Override
        public void addAbsent() {
            backend.apply(service("late", "192.0.2.30"));
        }
    }

    @Nested
    class EndpointAddress extends Forward {
        @Override
        public Name presentName() {
            return Zones.name("orders-0.orders.shop.svc.cluster.local");
        }

        @Override
        public int presentType() {
            return Type.A;
        }

        @Override
        public void changePresent() {
            backend.apply(slice("198.51.100.2"));
        }
    }

    @Nested
    class ReverseOfAnEndpoint implements ChangingSourceContract, TransferableSourceContract {
        @Override
        public TransferableSource source() {
            return (TransferableSource) backend.zones().get(1);
        }

        @Override
        public Name presentName() {
            return Zones.name("1.100.51.198.in-addr.arpa");
        }

        @Override
        public int presentType() {
            return Type.PTR;
        }

        @Override
        public Name absentName() {
            return Zones.name("30.2.0.192.in-addr.arpa");
        }

        @Override
        public void changePresent() {
            backend.apply(slice("198.51.100.1").replace("orders-0", "orders-9"));
        }

        @Override
        public void addAbsent() {
            backend.apply(service("late", "192.0.2.30"));
        }
    }
}
