package dev.waypost.socket.transfer;

import java.io.Closeable;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A datagram socket for each address family, opened when it is first wanted. For one thread, but for {@link #wakeUp}. */
final class NotifySockets implements Closeable {
    private static final int LARGEST_DATAGRAM = 65_535;

    private final List<InetAddress> from;
    private final Selector selector;
    private final Map<StandardProtocolFamily, DatagramChannel> channels = new HashMap<>();
    private final ByteBuffer arrived = ByteBuffer.allocate(LARGEST_DATAGRAM);

    /**
     * @param from where datagrams come from, the first of a family; the system chooses where there is none
     */
    NotifySockets(List<InetAddress> from) throws IOException {
        this.from = from;
        this.selector = Selector.open();
    }

    private static StandardProtocolFamily family(InetAddress address) {
        return address instanceof Inet4Address ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
    }

    void send(ByteBuffer datagram, InetSocketAddress to) throws IOException {
        StandardProtocolFamily family = family(to.getAddress());
        DatagramChannel channel = channels.get(family);
        if (channel == null) {
            channel = open(family);
            channels.put(family, channel);
        }
        channel.send(datagram, to);
    }

    private DatagramChannel open(StandardProtocolFamily family) throws IOException {
        DatagramChannel channel = DatagramChannel.open(family);
        try {
            channel.configureBlocking(false);
            InetSocketAddress local = from.stream()
                    .filter(address -> family(address) == family)
                    .findFirst()
                    .map(address -> new InetSocketAddress(address, 0))
                    .orElse(null);
            channel.bind(local);
            channel.register(selector, SelectionKey.OP_READ);
            return channel;
        } catch (IOException | RuntimeException refused) {
            channel.close();
            throw refused;
        }
    }

    /** Waits for datagrams, and hands on what came, with its sender. */
    void await(long millis, BiConsumer<InetSocketAddress, byte[]> taker) throws IOException {
        selector.select(Math.max(1, millis));
        selector.selectedKeys().clear();
        for (DatagramChannel channel : channels.values()) {
            for (InetSocketAddress sender = receive(channel); sender != null; sender = receive(channel)) {
                arrived.flip();
                taker.accept(sender, Arrays.copyOf(arrived.array(), arrived.limit()));
            }
        }
    }

    private @Nullable InetSocketAddress receive(DatagramChannel channel) throws IOException {
        return (InetSocketAddress) channel.receive(arrived.clear());
    }

    /** Ends a wait; from any thread. */
    void wakeUp() {
        selector.wakeup();
    }

    @Override
    public void close() throws IOException {
        for (DatagramChannel channel : channels.values()) {
            channel.close();
        }
        selector.close();
    }
}
