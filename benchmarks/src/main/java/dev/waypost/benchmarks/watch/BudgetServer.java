package dev.waypost.benchmarks.watch;

import dev.waypost.kubernetes.testing.ScriptedApiServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/**
 * A scripted API server with a large cluster. Prints its URL, then takes commands from its input: {@code relist}, {@code
 * events COUNT}, {@code move SERVICE PLACE}; it prints {@code done} after each.
 */
public final class BudgetServer {
    static final int SERVICES = 10_000;
    static final int ENDPOINTS_EACH = 10;

    private static final int NAMESPACES = 100;
    private static final long PAUSE_NANOS = 200_000;

    private final ScriptedApiServer api = ScriptedApiServer.start();

    private BudgetServer() {}

    /** Serves until its input ends. */
    public static void main(String[] args) throws IOException {
        BudgetServer server = new BudgetServer();
        server.fill();
        System.out.println(server.api.url());
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            server.obey(line.split(" "));
            System.out.println("done");
        }
    }

    private void obey(String[] command) throws IOException {
        if (command[0].equals("relist")) {
            for (String resource : new String[] {"services", "endpointslices"}) {
                api.forgetHistory(resource, false);
                api.cut(resource);
            }
            return;
        }
        if (command[0].equals("move")) {
            putSlice(Integer.parseInt(command[1]), Integer.parseInt(command[2]));
            return;
        }
        int count = Integer.parseInt(command[1]);
        for (int i = 0; i < count; i++) {
            int service = i * 7919 % SERVICES;
            putSlice(service, 1 + i % 200);
            LockSupport.parkNanos(PAUSE_NANOS); // so that events come one by one
        }
    }

    private void fill() {
        for (int i = 0; i < NAMESPACES; i++) {
            api.putNamespace(namespace(i));
        }
        for (int i = 0; i < SERVICES; i++) {
            String ip = i % 3 == 0 ? "None" : "10." + (96 + (i >> 16)) + "." + (i >> 8 & 255) + "." + (i & 255);
            api.put("services", namespace(i) + "/service-" + i, service(i, ip));
            putSlice(i, 0);
        }
    }

    private static String namespace(int service) {
        return "team-" + service % NAMESPACES;
    }

    private static String metadata(String namespace, String name, String labels) {
        return "\"metadata\":{\"name\":\"" + name + "\",\"generateName\":\"" + name + "-\",\"namespace\":\"" + namespace
                + "\",\"uid\":\"6f1d0c5e-93f1-4b53-9b2f-" + String.format("%012d", name.hashCode() & 0x7FFFFFFFL)
                + "\",\"resourceVersion\":\"$VERSION\",\"generation\":4,\"creationTimestamp\":\"2026-11-01T00:00:00Z\","
                + "\"labels\":{\"app.kubernetes.io/name\":\"" + name + "\",\"app.kubernetes.io/managed-by\":\"Helm\""
                + labels
                + "},\"annotations\":{\"endpoints.kubernetes.io/last-change-trigger-time\":\"2026-11-01T00:00:00Z\"},"
                + "\"ownerReferences\":[{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"name\":\"" + name
                + "\",\"uid\":\"0f0f\",\"controller\":true,\"blockOwnerDeletion\":true}],"
                + "\"managedFields\":[{\"manager\":\"kube-controller-manager\",\"operation\":\"Update\",\"time\":"
                + "\"2026-11-01T00:00:00Z\",\"fieldsType\":\"FieldsV1\",\"fieldsV1\":{\"f:addressType\":{},\"f:endpoints\":{},"
                + "\"f:metadata\":{\"f:annotations\":{\".\":{}},\"f:labels\":{\".\":{}},\"f:ownerReferences\":{\".\":{}}},"
                + "\"f:ports\":{}}}]}";
    }

    private static String service(int number, String ip) {
        return "{" + metadata(namespace(number), "service-" + number, "")
                + ",\"spec\":{\"type\":\"ClusterIP\",\"clusterIP\":\"" + ip + "\",\"clusterIPs\":[\"" + ip
                + "\"],\"ports\":[{\"name\":\"http\",\"protocol\":\"TCP\",\"port\":80,\"targetPort\":8080}],\"selector\":"
                + "{\"app\":\"service-" + number + "\"},\"sessionAffinity\":\"None\",\"ipFamilies\":[\"IPv4\"]},"
                + "\"status\":{\"loadBalancer\":{}}}";
    }

    /** @param shift moves one address: zero for the state at the start */
    private void putSlice(int number, int shift) {
        String service = "service-" + number;
        StringBuilder endpoints = new StringBuilder();
        for (int i = 0; i < ENDPOINTS_EACH; i++) {
            int address = number * ENDPOINTS_EACH + i;
            String ip = "10." + (address >> 16) + "." + (address >> 8 & 255) + "." + (address & 255);
            String moved = shift > 0 && i == 0 ? "172.16." + (number & 255) + "." + shift : ip;
            endpoints
                    .append(i == 0 ? "" : ",")
                    .append("{\"addresses\":[\"")
                    .append(moved)
                    .append(
                            "\"],\"conditions\":{\"ready\":true,\"serving\":true,\"terminating\":false},\"nodeName\":\"node-")
                    .append(address % 500)
                    .append(
                            ".example.internal\",\"zone\":\"region-1a\",\"targetRef\":{\"kind\":\"Pod\",\"namespace\":\"")
                    .append(namespace(number))
                    .append("\",\"name\":\"")
                    .append(service)
                    .append("-7c9d6f5b8-")
                    .append(address)
                    .append("\",\"uid\":\"6f1d0c5e-93f1-4b53-9b2f-000000000000\"}}");
        }
        String name = service + "-abcde";
        api.put(
                "endpointslices",
                namespace(number) + "/" + name,
                "{\"addressType\":\"IPv4\","
                        + metadata(namespace(number), name, ",\"kubernetes.io/service-name\":\"" + service + "\"")
                        + ",\"endpoints\":[" + endpoints
                        + "],\"ports\":[{\"name\":\"http\",\"protocol\":\"TCP\",\"port\":8080}]}");
    }
}
