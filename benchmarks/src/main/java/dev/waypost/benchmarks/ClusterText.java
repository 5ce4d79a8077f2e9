package dev.waypost.benchmarks;

/** The objects of a cluster as text: for each number a service of each form, all in the namespace {@code shop}. */
final class ClusterText {
    static final String NAMESPACE = "shop";

    /** Endpoints of a headless service. */
    static final int ENDPOINTS = 10;

    private static final String SERVICES = """
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web-%1$d, namespace: shop}
            spec: {clusterIP: %2$s, ports: [{name: http, port: 80}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: db-%1$d, namespace: shop}
            spec: {clusterIP: None, ports: [{name: sql, port: 5432}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: pay-%1$d, namespace: shop}
            spec: {type: ExternalName, externalName: pay-%1$d.example.com}
            ---
            """;

    private ClusterText() {}

    /** A manifest of so many services of each form. */
    static String manifest(int services) {
        StringBuilder text = new StringBuilder("""
                apiVersion: v1
                kind: Namespace
                metadata: {name: shop}
                """);
        for (int i = 0; i < services; i++) {
            text.append(String.format(SERVICES, i, address(198, i)))
                    .append(slice(i, 0))
                    .append('\n');
        }
        return text.toString();
    }

    /**
     * The slice of a headless service, as the API server writes it.
     *
     * @param shift moves the address of one endpoint
     */
    static String slice(int service, int shift) {
        StringBuilder endpoints = new StringBuilder();
        for (int i = 0; i < ENDPOINTS; i++) {
            String ip = i == 0 ? address(203, shift) : address(10, service * ENDPOINTS + i);
            endpoints
                    .append(i == 0 ? "" : ",")
                    .append(String.format(
                            "{\"addresses\":[\"%s\"],\"hostname\":\"db-%d\",\"conditions\":{\"ready\":true,"
                                    + "\"serving\":true,\"terminating\":false},\"nodeName\":\"node-%d\","
                                    + "\"targetRef\":{\"kind\":\"Pod\",\"namespace\":\"shop\",\"name\":\"db-%d-%d\"}}",
                            ip, i, i, service, i));
        }
        return String.format(
                "{\"apiVersion\":\"discovery.k8s.io/v1\",\"kind\":\"EndpointSlice\",\"metadata\":{\"name\":\"db-%1$d-abcde\","
                        + "\"namespace\":\"shop\",\"uid\":\"6f1d0c5e-93f1-4b53-9b2f-%1$012d\",\"resourceVersion\":\"%2$d\","
                        + "\"labels\":{\"kubernetes.io/service-name\":\"db-%1$d\"}},\"addressType\":\"IPv4\",\"endpoints\":[%3$s],"
                        + "\"ports\":[{\"name\":\"sql\",\"protocol\":\"TCP\",\"port\":5432}]}",
                service, 1 + shift, endpoints);
    }

    private static String address(int first, int number) {
        return first + ".51." + (number >> 8 & 255) + "." + (number & 255);
    }
}
