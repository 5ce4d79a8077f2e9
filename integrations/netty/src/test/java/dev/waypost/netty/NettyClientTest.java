package dev.waypost.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.engine.DnsEngine;
import dev.waypost.testing.FreePort;
import dev.waypost.testkit.FakeCluster;
import dev.waypost.testkit.FakeService;
import dev.waypost.testkit.Faults;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.AddressResolver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A real Netty client, two servers on loopback addresses, and a service that moves between them. */
class NettyClientTest {
    private final ServerSocket first = listening("127.0.0.1", FreePort.next());
    private final ServerSocket second = listening("127.0.0.2", first.getLocalPort());
    private final FakeCluster cluster = new FakeCluster();
    private final FakeService orders = cluster.service("shop", "orders");
    private final Faults faults = new Faults();
    private final DnsEngine engine = cluster.engine("checkout", faults);
    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final WaypostAddressResolverGroup group = new WaypostAddressResolverGroup(engine);

    private static ServerSocket listening(String address, int port) {
        try {
            return new ServerSocket(port, 50, InetAddress.getByName(address));
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
    }

    @AfterEach
    void stop() throws IOException {
        group.close();
        loops.shutdownGracefully();
        engine.close();
        first.close();
        second.close();
    }

    /** Connects by name and gives the address that was reached. */
    private String reached() throws InterruptedException {
        Channel channel = new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .resolver(group)
                .handler(new ChannelInboundHandlerAdapter())
                .connect("orders.shop", first.getLocalPort())
                .sync()
                .channel();
        String address =
                ((InetSocketAddress) channel.remoteAddress()).getAddress().getHostAddress();
        channel.close().sync();
        return address;
    }

    @Test
    void theNextConnectionGoesWhereTheServiceIsNow() throws Exception {
        orders.endpoints("127.0.0.1");
        assertThat(reached()).isEqualTo("127.0.0.1");
        orders.endpoints("127.0.0.2");
        assertThat(reached()).isEqualTo("127.0.0.2");
        orders.endpoints("127.0.0.1", "127.0.0.2");
        Set<String> all = new HashSet<>();
        for (int i = 0; i < 100 && all.size() < 2; i++) {
            all.add(reached());
        }
        assertThat(all).containsExactlyInAnyOrder("127.0.0.1", "127.0.0.2");
    }

    @Test
    void allAddressesAreToldAndAMissingNameIsAnUnknownHost() throws Exception {
        orders.endpoints("127.0.0.1", "127.0.0.2", "::1");
        AddressResolver<InetSocketAddress> resolver = group.getResolver(loops.next());
        assertThat(resolver.resolveAll(InetSocketAddress.createUnresolved("orders.shop", 80))
                        .sync()
                        .getNow())
                .extracting(address -> address.getAddress().getHostAddress())
                .containsExactly("127.0.0.1", "127.0.0.2", "0:0:0:0:0:0:0:1");
        assertThatThrownBy(() -> resolver.resolve(InetSocketAddress.createUnresolved("nobody.shop", 80))
                        .sync())
                .isInstanceOf(UnknownHostException.class)
                .hasMessageContaining("NoSuchName");
        faults.exceptions();
        assertThatThrownBy(() -> resolver.resolveAll(InetSocketAddress.createUnresolved("orders.shop", 80))
                        .sync())
                .isInstanceOf(UnknownHostException.class)
                .hasMessageContaining("SERVFAIL");
    }
}
