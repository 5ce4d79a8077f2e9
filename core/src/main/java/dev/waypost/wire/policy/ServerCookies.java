package dev.waypost.wire.policy;

import dev.waypost.Edns;
import dev.waypost.EdnsOption;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Makes and checks the cookies of a server (RFC 7873) so that all servers with its secret believe them (RFC 9018). Nothing
 * is kept for a client. Safe for any number of threads.
 */
public final class ServerCookies {
    private static final int CLIENT_OCTETS = 8;
    private static final int SERVER_OCTETS = 16;
    private static final int LEAST_SERVER_OCTETS = 8;
    private static final int MOST_SERVER_OCTETS = 32;
    private static final int VERSION = 1;
    /** Version, reserved octets and timestamp: what the tag stands behind. */
    private static final int HEAD_OCTETS = 8;

    /** Ages in seconds, RFC 9018 section 4.3: believed up to an hour and from five minutes ahead, renewed after half an hour. */
    private static final int OLDEST = 3600;

    private static final int RENEWED = 1800;
    private static final int MOST_AHEAD = 300;

    private final CookieSecrets secrets;
    private final boolean required;
    private final InstantSource clock;

    private ServerCookies(CookieSecrets secrets, boolean required, InstantSource clock) {
        this.secrets = secrets;
        this.required = required;
        this.clock = clock;
    }

    /** Cookies with these secrets. */
    public static ServerCookies of(CookieSecrets secrets) {
        return new ServerCookies(secrets, false, InstantSource.system());
    }

    /** The same by another clock, which servers with one secret must agree on to within minutes. */
    public ServerCookies withClock(InstantSource source) {
        return new ServerCookies(secrets, required, source);
    }

    /**
     * The same, or asking more: a client that understands cookies is answered over UDP only with one of ours, and gets
     * BADCOOKIE with it until then (RFC 7873 section 5.2.3).
     */
    public ServerCookies withRequired(boolean value) {
        return new ServerCookies(secrets, value, clock);
    }

    /** Whether clients that understand cookies must have one of ours. */
    public boolean isRequired() {
        return required;
    }

    /**
     * What the first COOKIE option of a query says; a second one is passed over (RFC 7873 section 5.2).
     *
     * @param client the query's source, to which its cookie belongs
     */
    public Cookie read(Edns edns, InetAddress client) {
        Optional<EdnsOption> option = edns.option(EdnsOption.COOKIE);
        if (option.isEmpty()) {
            return Cookie.NONE;
        }
        byte[] content = option.get().content();
        int server = content.length - CLIENT_OCTETS;
        if (server != 0 && (server < LEAST_SERVER_OCTETS || server > MOST_SERVER_OCTETS)) {
            return Cookie.UNREADABLE;
        }
        return read(content, client.getAddress());
    }

    private Cookie read(byte[] content, byte[] client) {
        Instant now = clock.instant();
        int seconds = (int) now.getEpochSecond(); // 32 bits, which may wrap: RFC 9018 section 4.3
        List<CookieSecret> believed = secrets.at(now);
        Cookie.Standing standing = Cookie.Standing.NEW;
        if (content.length > CLIENT_OCTETS) {
            int maker = maker(content, client, seconds, believed);
            if (maker == 0 && seconds - timestamp(content) < RENEWED) {
                return cookie(Cookie.Standing.PROVEN, content);
            }
            standing = maker < 0 ? Cookie.Standing.UNKNOWN : Cookie.Standing.PROVEN;
        }
        return cookie(standing, fresh(content, client, seconds, believed.get(0)));
    }

    private static Cookie cookie(Cookie.Standing standing, byte[] content) {
        return new Cookie(standing, Optional.of(new EdnsOption(EdnsOption.COOKIE, content)));
    }

    private static int timestamp(byte[] content) {
        return ByteBuffer.wrap(content).getInt(CLIENT_OCTETS + Integer.BYTES);
    }

    /** Which secret made a cookie that is neither too old nor too new; -1 where none did. */
    private static int maker(byte[] content, byte[] client, int seconds, List<CookieSecret> believed) {
        if (content.length != CLIENT_OCTETS + SERVER_OCTETS || content[CLIENT_OCTETS] != VERSION) {
            return -1;
        }
        int age = seconds - timestamp(content); // serial number arithmetic: RFC 1982
        if (age > OLDEST || age < -MOST_AHEAD) {
            return -1;
        }
        long tag = ByteBuffer.wrap(content).getLong(CLIENT_OCTETS + HEAD_OCTETS);
        for (int i = 0; i < believed.size(); i++) {
            // One comparison of one word: its time tells nothing of how much of the tag was right.
            if (tag(content, client, believed.get(i)) == tag) {
                return i;
            }
        }
        return -1;
    }

    private static byte[] fresh(byte[] content, byte[] client, int seconds, CookieSecret secret) {
        byte[] cookie = new byte[CLIENT_OCTETS + SERVER_OCTETS];
        ByteBuffer out = ByteBuffer.wrap(cookie);
        out.put(content, 0, CLIENT_OCTETS).putInt(VERSION << 24).putInt(seconds);
        out.putLong(tag(cookie, client, secret));
        return cookie;
    }

    /** The tag over client cookie, version, reserved octets, timestamp and address, its octets in the order written. */
    private static long tag(byte[] content, byte[] client, CookieSecret secret) {
        byte[] message = new byte[CLIENT_OCTETS + HEAD_OCTETS + client.length];
        System.arraycopy(content, 0, message, 0, CLIENT_OCTETS + HEAD_OCTETS);
        System.arraycopy(client, 0, message, CLIENT_OCTETS + HEAD_OCTETS, client.length);
        return Long.reverseBytes(secret.tag(message));
    }
}
