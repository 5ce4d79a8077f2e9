package dev.waypost.socket.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameBufferTest {
    private final byte[] message = new byte[65_535];

    @Test
    void messagesComeOutAsTheyWentInHoweverTheyAreCut() throws IOException {
        Random random = new Random(7);
        OutboundBuffer out = new OutboundBuffer();
        FrameBuffer in = new FrameBuffer();
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        int[] lengths = random.ints(200, 0, 5000).toArray();
        lengths[100] = 65_535;
        for (int length : lengths) {
            out.append(filled(length), length);
            int waiting = out.size();
            stream.write(out.view().array(), out.view().position(), waiting);
            out.sent(waiting);
        }
        byte[] octets = stream.toByteArray();
        int taken = 0;
        for (int from = 0; from < octets.length; ) {
            int to = Math.min(octets.length, from + random.nextInt(9000));
            in.append(ByteBuffer.wrap(octets, from, to - from));
            from = to;
            while (in.holdsMessage()) {
                int length = in.next(message);
                assertThat(Arrays.copyOf(message, length)).isEqualTo(filled(lengths[taken++]));
            }
            in.release();
        }
        assertThat(taken).isEqualTo(lengths.length);
        assertThat(in.isEmpty()).isTrue();
    }

    private static byte[] filled(int length) {
        byte[] octets = new byte[length];
        Arrays.fill(octets, (byte) length);
        return octets;
    }

    @Test
    void halfALengthIsNoMessage() {
        FrameBuffer in = new FrameBuffer();
        in.append(ByteBuffer.wrap(new byte[1]));
        assertThat(in.holdsMessage()).isFalse();
        assertThat(in.isEmpty()).isFalse();
    }
}
