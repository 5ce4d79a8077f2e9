package dev.waypost.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.waypost.engine.DnsEngine;
import dev.waypost.testing.FreePort;
import dev.waypost.testkit.FakeCluster;
import dev.waypost.testkit.FakeService;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.NameResolverRegistry;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real channels, real servers on two loopback addresses and one port, and a service that moves between them. */
class GrpcChannelTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final MethodDescriptor<String, String> WHO = MethodDescriptor.<String, String>newBuilder()
            .setType(MethodType.UNARY)
            .setFullMethodName("test.Orders/Who")
            .setRequestMarshaller(new Text())
            .setResponseMarshaller(new Text())
            .build();

    private final Server first = server("127.0.0.1", FreePort.next());
    private final Server second = server("127.0.0.2", first.getPort());
    private final FakeCluster cluster = new FakeCluster();
    private final FakeService orders = cluster.service("shop", "orders").port("grpc", first.getPort());
    private final DnsEngine engine = cluster.engine("checkout");
    private final WaypostNameResolverProvider provider = new WaypostNameResolverProvider(engine);

    @BeforeEach
    void register() {
        NameResolverRegistry.getDefaultRegistry().register(provider);
    }

    @AfterEach
    void stop() {
        NameResolverRegistry.getDefaultRegistry().deregister(provider);
        engine.close();
        first.shutdownNow();
        second.shutdownNow();
    }

    private static Server server(String address, int port) {
        try {
            return NettyServerBuilder.forAddress(new InetSocketAddress(address, port))
                    .addService(ServerServiceDefinition.builder("test.Orders")
                            .addMethod(WHO, ServerCalls.asyncUnaryCall((request, replies) -> {
                                replies.onNext(address);
                                replies.onCompleted();
                            }))
                            .build())
                    .build()
                    .start();
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
    }

    private ManagedChannel channel(String target) {
        return NettyChannelBuilder.forTarget(target)
                .defaultLoadBalancingPolicy("round_robin")
                .usePlaintext()
                .build();
    }

    private static String ask(ManagedChannel channel) {
        CallOptions options =
                CallOptions.DEFAULT.withWaitForReady().withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return ClientCalls.blockingUnaryCall(channel, WHO, options, "who?");
    }

    private static void awaitServers(ManagedChannel channel, String... all) {
        await().atMost(PATIENCE).until(() -> {
            Set<String> seen = new HashSet<>();
            for (int i = 0; i < 4; i++) {
                seen.add(ask(channel));
            }
            return seen.equals(Set.of(all));
        });
    }

    @Test
    void aChannelFollowsItsServiceByAddressWithoutAConnectionBeingClosedForIt() {
        orders.endpoints("127.0.0.1");
        ManagedChannel channel = channel("waypost:///orders.shop:" + first.getPort());
        try {
            awaitServers(channel, "127.0.0.1");
            orders.endpoints("127.0.0.1", "127.0.0.2");
            awaitServers(channel, "127.0.0.1", "127.0.0.2");
            orders.endpoints("127.0.0.2");
            awaitServers(channel, "127.0.0.2");
        } finally {
            channel.shutdownNow();
        }
        await().atMost(PATIENCE).until(() -> engine.watches().size() == 0);
    }

    @Test
    void aChannelFollowsItsServiceBySrvRecords() {
        orders.endpoints("127.0.0.2");
        ManagedChannel channel = channel("waypost:///_grpc._tcp.orders.shop");
        try {
            awaitServers(channel, "127.0.0.2");
            orders.endpoints("127.0.0.1");
            awaitServers(channel, "127.0.0.1");
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    void aCallWaitsForAServiceThatComesLater_andOneThatDoesNotWaitIsToldWhy() {
        ManagedChannel channel = channel("waypost:///orders.shop:" + first.getPort());
        try {
            assertThatThrownBy(() -> ClientCalls.blockingUnaryCall(channel, WHO, CallOptions.DEFAULT, "who?"))
                    .isInstanceOfSatisfying(StatusRuntimeException.class, refused -> {
                        assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
                        assertThat(refused).hasMessageContaining("NoSuchName");
                    });
            orders.endpoints("127.0.0.1");
            assertThat(ask(channel)).isEqualTo("127.0.0.1");
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    void targetsAreReadAsUrisHaveThem() {
        assertThat(Target.of(URI.create("waypost:///orders.shop:9000")).authority())
                .isEqualTo("orders.shop:9000");
        assertThat(Target.of(URI.create("waypost:orders.shop:9000")).authority())
                .isEqualTo("orders.shop:9000");
        assertThat(Target.of(URI.create("waypost:///_grpc._tcp.orders")).port()).isEmpty();
        assertThatThrownBy(() -> Target.of(URI.create("waypost:///")))
                .hasMessage("a target wants waypost:///HOST:PORT or waypost:///NAME, found waypost:///");
        assertThatThrownBy(() -> Target.of(URI.create("waypost:///orders:http")))
                .hasMessage("a port wants 0..65535, found \"http\" in waypost:///orders:http");
    }

    private static final class Text implements MethodDescriptor.Marshaller<String> {
        @Override
        public InputStream stream(String value) {
            return new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String parse(InputStream stream) {
            try {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
    }
}
