package dev.waypost.kubernetes;

import java.util.stream.Stream;

/** Objects that no API server should let through, each in a cluster that is well otherwise. */
final class HostileObjects {
    private static final String LONG = "x".repeat(100_000);

    private HostileObjects() {}

    /**
     * One object, and what becomes of it.
     *
     * @param what is odd about it
     * @param resource the plural of its kind
     * @param json the object without its kind
     * @param skipped whether it is passed over
     * @param leftOut how many parts of it are left out
     */
    record Hostile(String what, String resource, String json, boolean skipped, int leftOut) {
        /** The kind as a manifest writes it. */
        String typed() {
            String type = switch (resource) {
                case "endpointslices" -> "\"apiVersion\":\"discovery.k8s.io/v1\",\"kind\":\"EndpointSlice\"";
                case "namespaces" -> "\"apiVersion\":\"v1\",\"kind\":\"Namespace\"";
                case "pods" -> "\"apiVersion\":\"v1\",\"kind\":\"Pod\"";
                default -> "\"apiVersion\":\"v1\",\"kind\":\"Service\"";
            };
            return "{" + type + (json.equals("{}") ? "" : ",") + json.substring(1);
        }

        boolean isObject() {
            return json.startsWith("{");
        }

        @Override
        public String toString() {
            return resource + ": " + what;
        }
    }

    static Stream<Hostile> all() {
        return Stream.of(wholeObjects(), names(), nulls(), ports(), addresses(), slices(), pods(), sizes())
                .flatMap(each -> each);
    }

    private static Hostile skipped(String what, String resource, String json) {
        return new Hostile(what, resource, json, true, 0);
    }

    private static Hostile usable(String what, String resource, String json, int leftOut) {
        return new Hostile(what, resource, json, false, leftOut);
    }

    private static String named(String name, String rest) {
        return "{\"metadata\":{\"namespace\":\"shop\",\"name\":\"" + name + "\"}" + rest + "}";
    }

    private static String service(String spec) {
        return named("odd", ",\"spec\":" + spec);
    }

    private static String slice(String rest) {
        return "{\"metadata\":{\"namespace\":\"shop\",\"name\":\"odd\",\"labels\":{\"kubernetes.io/service-name\":\"web\"}}"
                + rest + "}";
    }

    private static Stream<Hostile> wholeObjects() {
        return Stream.of(
                skipped("null", "services", "null"),
                skipped("a text", "services", "\"text\""),
                skipped("a number", "endpointslices", "7"),
                skipped("a list", "namespaces", "[1,[2]]"),
                skipped("nothing in it", "services", "{}"),
                skipped("metadata is null", "services", "{\"metadata\":null}"),
                skipped("metadata is a list", "services", "{\"metadata\":[{\"name\":\"odd\"}]}"),
                skipped("metadata is a text", "endpointslices", "{\"metadata\":\"odd\"}"),
                skipped("spec is a text", "services", service("\"ClusterIP\"")),
                skipped("spec is a list", "services", service("[]")),
                skipped("clusterIP is a number", "services", service("{\"clusterIP\":3232235777}")),
                skipped("clusterIPs is a text", "services", service("{\"clusterIPs\":\"192.0.2.9\"}")),
                skipped("ports is an object", "services", service("{\"ports\":{\"http\":80}}")),
                skipped("endpoints is an object", "endpointslices", slice(",\"endpoints\":{}")),
                skipped(
                        "ready is a text",
                        "endpointslices",
                        slice(",\"endpoints\":[{\"conditions\":{\"ready\":\"true\"}}]")));
    }

    private static Stream<Hostile> names() {
        return Stream.concat(
                Stream.of("", " ", "not a label", "a.b", "-a", "a-", "a_b", "\\u00fc", "*", "x".repeat(64))
                        .flatMap(name -> Stream.of(
                                skipped("name \"" + name + "\"", "services", named(name, "")),
                                skipped(
                                        "name \"" + name + "\"",
                                        "namespaces",
                                        "{\"metadata\":{\"name\":\"" + name + "\"}}"))),
                Stream.of(
                        skipped("no name", "services", "{\"metadata\":{\"namespace\":\"shop\"}}"),
                        skipped("no name", "endpointslices", "{\"metadata\":{\"namespace\":\"shop\"}}"),
                        skipped(
                                "namespace that is no label",
                                "services",
                                "{\"metadata\":{\"namespace\":\"no.label\",\"name\":\"odd\"}}"),
                        skipped("alias for nothing", "services", service("{\"type\":\"ExternalName\"}")),
                        skipped(
                                "alias for a name with a label too long",
                                "services",
                                service("{\"type\":\"ExternalName\",\"externalName\":\"" + "x".repeat(64) + "\"}")),
                        skipped(
                                "alias for a name too long",
                                "services",
                                service("{\"type\":\"ExternalName\",\"externalName\":\"" + "abc.".repeat(70) + "\"}")),
                        skipped(
                                "alias for a name with an empty label",
                                "services",
                                service("{\"type\":\"ExternalName\",\"externalName\":\"a..b\"}"))));
    }

    private static Stream<Hostile> nulls() {
        return Stream.of(
                usable(
                        "null maps",
                        "services",
                        "{\"metadata\":{\"namespace\":\"shop\",\"name\":\"odd\",\"labels\":null,\"annotations\":null},"
                                + "\"spec\":{\"clusterIP\":null,\"clusterIPs\":null,\"ports\":null,\"selector\":null,"
                                + "\"externalIPs\":null,\"type\":null},\"status\":{\"loadBalancer\":null}}",
                        0),
                usable("spec is null", "services", named("odd", ",\"spec\":null,\"status\":null"), 0),
                usable(
                        "null entries",
                        "services",
                        named(
                                "odd",
                                ",\"spec\":{\"ports\":[null]},\"status\":{\"loadBalancer\":{\"ingress\":[null,{}]}}"),
                        0),
                usable(
                        "null maps",
                        "endpointslices",
                        "{\"metadata\":{\"namespace\":\"shop\",\"name\":\"odd\",\"labels\":null},\"endpoints\":null,\"ports\":null,"
                                + "\"addressType\":null}",
                        0),
                usable(
                        "null entries",
                        "endpointslices",
                        slice(",\"endpoints\":[null,{},{\"addresses\":null,\"conditions\":null,\"targetRef\":null,"
                                + "\"hostname\":null,\"zone\":null}],\"ports\":[null]"),
                        0));
    }

    private static Stream<Hostile> ports() {
        return Stream.of(
                usable("port without a number", "services", service("{\"ports\":[{\"name\":\"http\"}]}"), 0),
                usable("port 0", "services", service("{\"ports\":[{\"port\":0}]}"), 0),
                usable("port -1", "services", service("{\"ports\":[{\"port\":-1},{\"port\":80}]}"), 1),
                usable("port 65536", "services", service("{\"ports\":[{\"port\":65536}]}"), 1),
                usable(
                        "ports beyond every number",
                        "services",
                        service("{\"ports\":[{\"port\":99999999999999999999},{\"port\":-" + "9".repeat(1000) + "}]}"),
                        2),
                skipped("port 80.5", "services", service("{\"ports\":[{\"port\":80.5}]}")),
                skipped("port is a text", "services", service("{\"ports\":[{\"port\":\"http\"}]}")),
                usable(
                        "port with a name that is no label",
                        "services",
                        service("{\"ports\":[{\"name\":\"a b\",\"port\":1},{\"name\":\"" + "x".repeat(64)
                                + "\",\"port\":2}]}"),
                        2),
                usable(
                        "port -1",
                        "endpointslices",
                        slice(
                                ",\"endpoints\":[{\"addresses\":[\"198.51.100.77\"]}],\"ports\":[{\"port\":-1},{\"port\":70000}]"),
                        2));
    }

    private static Stream<Hostile> addresses() {
        return Stream.of(
                usable(
                        "addresses that are none",
                        "services",
                        service(
                                "{\"clusterIPs\":[\"web.example\",\"192.0.2.256\",\"192.0.2.01\",\"fe80::1%eth0\",\"192.0.2.77\"]}"),
                        4),
                usable(
                        "outside addresses that are none",
                        "services",
                        named(
                                "odd",
                                ",\"spec\":{\"externalIPs\":[\"x\"]},\"status\":{\"loadBalancer\":{\"ingress\":[{\"ip\":\"y\"},"
                                        + "{\"hostname\":\"a..b\"}]}}"),
                        3),
                usable(
                        "addresses that are none",
                        "endpointslices",
                        slice(",\"endpoints\":[{\"addresses\":[\"web.example\",\"\"]}]"),
                        2));
    }

    private static Stream<Hostile> slices() {
        return Stream.of(
                usable(
                        "hostnames that are no labels",
                        "endpointslices",
                        slice(",\"endpoints\":[{\"addresses\":[\"198.51.100.77\"],\"hostname\":\"a_b\"},"
                                + "{\"addresses\":[\"198.51.100.78\"],\"hostname\":\"" + "x".repeat(64) + "\"}]"),
                        2),
                usable(
                        "one hostname twice, one endpoint twice",
                        "endpointslices",
                        slice(",\"endpoints\":[{\"addresses\":[\"198.51.100.77\"],\"hostname\":\"twin\"},"
                                + "{\"addresses\":[\"198.51.100.78\"],\"hostname\":\"TWIN\"},"
                                + "{\"addresses\":[\"198.51.100.78\"],\"hostname\":\"twin\"}]"),
                        0),
                usable(
                        "a service's name that is no label",
                        "endpointslices",
                        "{\"metadata\":{\"namespace\":\"shop\",\"name\":\"odd\",\"labels\":{\"kubernetes.io/service-name\":\"a b\"}}}",
                        0));
    }

    private static Stream<Hostile> pods() {
        return Stream.of(
                skipped("null", "pods", "null"),
                skipped("podIPs is a text", "pods", named("odd", ",\"status\":{\"podIPs\":\"198.51.100.77\"}")),
                usable("status is null", "pods", named("odd", ",\"status\":null"), 0),
                usable(
                        "addresses that are none",
                        "pods",
                        named("odd", ",\"status\":{\"podIP\":\"x\",\"podIPs\":[null,{},{\"ip\":null},{\"ip\":\"y\"}]}"),
                        2));
    }

    private static Stream<Hostile> sizes() {
        String annotated = "{\"metadata\":{\"namespace\":\"shop\",\"name\":\"odd\",\"annotations\":{\"note.example\":\""
                + "x".repeat(1 << 20) + "\"}}}";
        return Stream.of(
                usable("annotations of 1 MiB", "services", annotated, 0),
                skipped("name of 100,000 characters", "services", named(LONG, "")),
                usable(
                        "port's name of 100,000 characters",
                        "services",
                        service("{\"ports\":[{\"name\":\"" + LONG + "\"}]}"),
                        1),
                usable("field that nobody asks for", "services", service("{\"" + "x".repeat(1000) + "\":[1,2]}"), 0),
                usable(
                        "nested as deep as the reader of manifests goes",
                        "services",
                        service("{\"note\":" + "[".repeat(40) + "]".repeat(40) + "}"),
                        0));
    }
}
