package dev.waypost.wire;

import dev.waypost.testing.WireMessages;
import org.xbill.DNS.CookieOption;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Type;

/** Queries with a COOKIE option, and the option of replies. */
public final class CookieQueries {
    private static final int COOKIE = 10;

    private CookieQueries() {}

    /** A query for www.example. with this option content. */
    public static byte[] withCookie(byte[] content) {
        return WireMessages.query("www.example.", Type.A)
                .opt(1232, 0, 0, option(content))
                .bytes();
    }

    /** A message with no question, and this option content. */
    public static byte[] cookieOnly(byte[] content) {
        return WireMessages.header().opt(1232, 0, 0, option(content)).bytes();
    }

    public static byte[] option(byte[] content) {
        return WireMessages.header()
                .u16(COOKIE)
                .u16(content.length)
                .octets(content)
                .body();
    }

    /** Client cookie and server cookie of a reply; empty without the option. */
    public static byte[] cookieOf(Message reply) {
        return reply.getOPT().getOptions(EDNSOption.Code.COOKIE).stream()
                .map(CookieOption.class::cast)
                .findFirst()
                .map(CookieQueries::content)
                .orElseGet(() -> new byte[0]);
    }

    private static byte[] content(CookieOption option) {
        byte[] server = option.getServerCookie().orElseGet(() -> new byte[0]);
        return WireMessages.header()
                .octets(option.getClientCookie())
                .octets(server)
                .body();
    }
}
