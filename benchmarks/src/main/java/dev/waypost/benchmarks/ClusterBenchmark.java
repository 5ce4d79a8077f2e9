package dev.waypost.benchmarks;

import dev.waypost.kubernetes.model.EndpointSlice;
import dev.waypost.kubernetes.model.JsonDocument;
import dev.waypost.kubernetes.model.Namespace;
import dev.waypost.kubernetes.model.ResourceKind;
import dev.waypost.kubernetes.model.Service;
import dev.waypost.kubernetes.snapshot.ClusterState;
import dev.waypost.kubernetes.snapshot.EndpointNaming;
import dev.waypost.kubernetes.snapshot.Extent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What changes of a cluster cost, without the connection that they come through: reading, and the next snapshot. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class ClusterBenchmark {
    private static final int SERVICES = 10_000;
    private static final int ITEMS = 100;

    private final ClusterState state = new ClusterState(
            List.of(ResourceKind.NAMESPACES, ResourceKind.SERVICES, ResourceKind.ENDPOINT_SLICES),
            List.of(Extent.ALL),
            EndpointNaming.values()[0],
            () -> 0);
    private final EndpointSlice[] changing = new EndpointSlice[2];
    private String list;
    private JsonDocument stream;
    private int turn;

    /** Fills the cluster: {@value #SERVICES} headless services with ten endpoints each. */
    @Setup
    public void fill() throws IOException {
        String metadata = "{\"metadata\":{\"namespace\":\"shop\",\"name\":\"%s\",\"resourceVersion\":\"1\"}";
        Namespace shop = ResourceKind.NAMESPACES.read(json(metadata.replace("%s", "shop") + "}"));
        List<Service> services = new ArrayList<>();
        List<EndpointSlice> slices = new ArrayList<>();
        for (int i = 0; i < SERVICES; i++) {
            String service = metadata.replace("%s", "db-" + i) + ",\"spec\":{\"clusterIP\":\"None\"}}";
            services.add(ResourceKind.SERVICES.read(json(service)));
            slices.add(slice(i, 0));
        }
        state.namespaces().replaceAll(List.of(shop));
        state.services().replaceAll(services);
        state.slices().replaceAll(slices);
        changing[0] = slice(1, 1);
        changing[1] = slice(1, 2);
        List<String> items = new ArrayList<>();
        for (int i = 0; i < ITEMS; i++) {
            items.add(ClusterText.slice(i, 0));
        }
        list = "{\"kind\":\"EndpointSliceList\",\"items\":[" + String.join(",", items) + "]}";
        stream = new JsonDocument(new Endless(ClusterText.slice(2, 1) + "\n" + ClusterText.slice(2, 2) + "\n"));
    }

    private static JsonDocument json(String text) throws IOException {
        return new JsonDocument(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static EndpointSlice slice(int service, int shift) throws IOException {
        return ResourceKind.ENDPOINT_SLICES.read(json(ClusterText.slice(service, shift)));
    }

    /** One address of a service has moved: the snapshot that shows it. */
    @Benchmark
    public void snapshotUpdate() {
        turn ^= 1;
        state.slices().put(changing[turn]);
    }

    /** An object of a stream of events, one address moved: read, and in the next snapshot. */
    @Benchmark
    public void watchEvent() throws IOException {
        if (!stream.hasNext()) {
            throw new IOException("the stream has ended");
        }
        state.slices().put(ResourceKind.ENDPOINT_SLICES.read(stream));
    }

    /** One of the {@value #ITEMS} slices of a list, read to the object that is kept. */
    @Benchmark
    @OperationsPerInvocation(ITEMS)
    public List<EndpointSlice> listReading() throws IOException {
        List<EndpointSlice> slices = new ArrayList<>(ITEMS);
        JsonDocument document = json(list);
        document.object(field -> {
            if (field.equals("items")) {
                document.array(() -> slices.add(ResourceKind.ENDPOINT_SLICES.read(document)));
            } else {
                document.skip();
            }
        });
        return slices;
    }

    /** The same octets again and again. */
    private static final class Endless extends InputStream {
        private final byte[] octets;
        private int at;

        Endless(String text) {
            this.octets = text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public int read() {
            int octet = octets[at] & 0xFF;
            at = (at + 1) % octets.length;
            return octet;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            int count = Math.min(length, octets.length - at);
            System.arraycopy(octets, at, target, offset, count);
            at = (at + count) % octets.length;
            return count;
        }
    }
}
