package dev.waypost.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import org.junit.jupiter.api.Test;

final class WaitingDatagramsTest {
    @Test
    void aSocketHoldsMoreQueriesThanTheSystemWouldLetItUnasked() throws IOException {
        InetSocketAddress free = new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0);
        try (DatagramChannel unasked = DatagramChannel.open().bind(free);
                DatagramChannel ours = DatagramWorker.bind(free, false)) {
            assertThat(ours.getOption(StandardSocketOptions.SO_RCVBUF))
                    .isGreaterThan(unasked.getOption(StandardSocketOptions.SO_RCVBUF));
        }
    }
}
