package dev.waypost.kubernetes;

import static dev.waypost.kubernetes.WatchedCluster.SERVICES;
import static dev.waypost.kubernetes.WatchedCluster.SLICES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waypost.kubernetes.testing.ScriptedApiServer;
import dev.waypost.kubernetes.testing.Transcript;
import dev.waypost.testing.Zones;
import dev.waypost.zone.Finding;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

@DisplayName("10,000 changes against cuts and relists")
class ChurnTest {
    private static final int OPERATIONS = 10_000;
    private static final int NAMES = 40;
    private static final int SLICES_EACH = 3;

    private final WatchedCluster cluster = new WatchedCluster(WatchedCluster.QUICK);
    private final ScriptedApiServer api = cluster.api();
    private final Map<String, String> clusterIps = new LinkedHashMap<>();
    private final Map<String, TreeSet<String>> slices = new LinkedHashMap<>();
    private final Random random = new Random();

    /** Follows names as a subscriber does: it asks again where the witness of what it holds is broken, and only then. */
    private final class Subscriber {
        private final Map<Name, Finding> held = new LinkedHashMap<>();

        void follow() {
            for (int i = 0; i < NAMES; i++) {
                held.compute(
                        name(i),
                        (name, finding) ->
                                finding != null && finding.freshness().holdsAt(0)
                                        ? finding
                                        : Transcript.find(cluster.backend(), name, Type.A));
            }
        }

        String said() {
            follow();
            return held.entrySet().stream()
                    .map(entry -> entry.getKey() + " " + text(entry.getValue()))
                    .collect(Collectors.joining("\n"));
        }
    }

    private static String text(Finding finding) {
        return finding instanceof Finding.Found found
                ? Zones.lines(found.set()).stream().sorted().collect(Collectors.joining(" | "))
                : finding.getClass().getSimpleName();
    }

    private static Name name(int service) {
        return Zones.name("s" + service + ".shop.svc.cluster.local");
    }

    @ParameterizedTest(name = "lists begin watches: {0}, seed {1}")
    @CsvSource({"false, 4711", "true, 1174"})
    void finalAnswersAndSubscribersEqualTheTruth(boolean streams, long seed) throws IOException {
        random.setSeed(seed);
        api.streamsLists(streams);
        try (cluster) {
            cluster.startAndWait();
            Subscriber subscriber = new Subscriber();
            for (int i = 0; i < OPERATIONS; i++) {
                operate();
                if (i % 10 == 0) {
                    subscriber.follow();
                }
                if (i % 100 == 99) {
                    disturb();
                }
                if (i % 400 == 399) {
                    recover();
                }
            }
            api.unreachable(false);
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(subscriber.said()).isEqualTo(truth()));
            assertThat(api.requests())
                    .as("the watches were disturbed")
                    .filteredOn(request -> request.isWatch() || request.isStream())
                    .hasSizeGreaterThan(OPERATIONS / 400);
        }
    }

    private void operate() {
        int service = random.nextInt(NAMES);
        String name = "s" + service;
        String slice = name + "-" + random.nextInt(SLICES_EACH);
        boolean silent = random.nextInt(50) == 0;
        switch (random.nextInt(6)) {
            case 0 -> {
                String ip = random.nextBoolean() ? "None" : "192.0.2." + random.nextInt(256);
                clusterIps.put(name, ip);
                put(
                        SERVICES,
                        name,
                        ScriptedApiServer.object("shop", name, ",\"spec\":{\"clusterIP\":\"" + ip + "\"}"),
                        silent);
            }
            case 1 -> {
                clusterIps.remove(name);
                remove(SERVICES, name, silent);
            }
            case 2 -> {
                slices.remove(slice);
                remove(SLICES, slice, silent);
            }
            default -> {
                TreeSet<String> addresses = new TreeSet<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    addresses.add("198.51.100." + random.nextInt(256));
                }
                slices.put(slice, addresses);
                String endpoints =
                        addresses.isEmpty() ? "[]" : WatchedCluster.endpoints(addresses.toArray(new String[0]));
                put(SLICES, slice, ScriptedApiServer.slice("shop", slice, name, endpoints), silent);
            }
        }
    }

    private void put(String resource, String name, String json, boolean silent) {
        if (silent) {
            api.putSilently(resource, "shop/" + name, json);
            api.forgetHistory(resource, random.nextBoolean());
            cut(resource, random.nextBoolean());
        } else {
            api.put(resource, "shop/" + name, json);
        }
    }

    private void remove(String resource, String name, boolean silent) {
        if (silent) {
            api.removeSilently(resource, "shop", name);
            api.forgetHistory(resource, random.nextBoolean());
            cut(resource, random.nextBoolean());
        } else {
            api.remove(resource, "shop", name);
        }
    }

    private void disturb() {
        String resource = random.nextBoolean() ? SERVICES : SLICES;
        switch (random.nextInt(5)) {
            case 0 -> cut(resource, false);
            case 1 -> cut(resource, true);
            case 2 -> api.nextList(resource, stream -> stream.refuse(500, "etcd is away"));
            case 3 -> {
                api.unreachable(true);
                cut(resource, true);
            }
            default -> {
                api.bookmark(resource);
                api.unreachable(false);
            }
        }
    }

    /** Waits until the watches are back, so that changes come as events too, not only with lists. */
    private void recover() {
        api.unreachable(false);
        await().until(() -> api.watchers(SERVICES) == 1 && api.watchers(SLICES) == 1);
    }

    private void cut(String resource, boolean reset) {
        try {
            if (reset) {
                api.reset(resource);
            } else {
                api.cut(resource);
            }
        } catch (IOException gone) {
            // the peer had broken the connection itself
        }
    }

    private String truth() {
        return IntStream.range(0, NAMES).mapToObj(this::truth).collect(Collectors.joining("\n"));
    }

    private String truth(int number) {
        String service = "s" + number;
        TreeSet<String> addresses = new TreeSet<>();
        String ip = clusterIps.getOrDefault(service, "");
        if (ip.equals("None")) {
            slices.forEach((slice, each) -> {
                if (slice.startsWith(service + "-")) {
                    addresses.addAll(each);
                }
            });
        } else if (!ip.isEmpty()) {
            addresses.add(ip);
        }
        Name name = name(number);
        String records = addresses.stream()
                .map(address -> name + " 5 A " + address)
                .sorted()
                .collect(Collectors.joining(" | "));
        return name + " " + (records.isEmpty() ? "NxDomain" : records);
    }
}
