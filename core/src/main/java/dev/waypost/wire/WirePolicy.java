package dev.waypost.wire;

import dev.waypost.wire.policy.Cookie;
import dev.waypost.wire.policy.RateLimiter;
import dev.waypost.wire.policy.ServerCookies;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Rcode;

/**
 * How a listener meets its clients before anybody is asked: whether it gives them cookies, and how many datagrams a network
 * may have. The same for every transport; a stream proves its client's address by itself.
 */
public final class WirePolicy {
    /** Everybody is answered. */
    public static final WirePolicy OPEN = new WirePolicy(null, null);

    private final @Nullable RateLimiter limiter;
    private final @Nullable ServerCookies cookies;

    private WirePolicy(@Nullable RateLimiter limiter, @Nullable ServerCookies cookies) {
        this.limiter = limiter;
        this.cookies = cookies;
    }

    /** The same with a limit for datagrams. */
    public WirePolicy withRateLimiter(RateLimiter value) {
        return new WirePolicy(value, cookies);
    }

    /** The same with cookies. */
    public WirePolicy withCookies(ServerCookies value) {
        return new WirePolicy(limiter, value);
    }

    /** Whether one more reply may go to a client that has not proven its address. Allocates nothing. */
    boolean admits(ReplyPath path, long nanoTime) {
        return limiter == null || !path.transport().isDatagram() || limiter.admits(path.address(), nanoTime);
    }

    /** Whether it matters to {@link #admits} when a query comes. */
    boolean wantsTime() {
        return limiter != null;
    }

    /** What a query's cookie says. */
    Cookie cookie(QueryMessage query, ReplyPath path) {
        return cookies == null || query.edns().options().isEmpty()
                ? Cookie.NONE
                : cookies.read(query.edns(), path.address());
    }

    /** What becomes of a message under this policy. */
    Reading meet(Reading.Read message, Cookie cookie, ReplyPath path, long nanoTime) {
        if (cookie.isProven() || admits(path, nanoTime)) {
            return message instanceof Reading.Told ? message : meet(message, cookie, path);
        }
        if (limiter == null || limiter.refuse() == RateLimiter.Refusal.SILENCE) {
            return Reading.Silence.SILENCE;
        }
        return cookie.isUnproven()
                ? new Reading.Told(message.message(), Rcode.BADCOOKIE) // with it the next query is proven
                : new Reading.SentToStream(message.message());
    }

    private Reading meet(Reading.Read message, Cookie cookie, ReplyPath path) {
        if (cookie.standing() == Cookie.Standing.MALFORMED) {
            return new Reading.Told(message.message(), Rcode.FORMERR); // RFC 7873 section 5.2.2
        }
        if (message instanceof Reading.Unasked) {
            return new Reading.Told(message.message(), rcodeOfUnasked(cookie));
        }
        boolean unproven = cookies != null
                && cookies.isRequired()
                && cookie.isUnproven()
                && path.transport().isDatagram();
        return unproven ? new Reading.Told(message.message(), Rcode.BADCOOKIE) : message;
    }

    /** RFC 7873 section 5.4, where there is a cookie; otherwise RFC 9619 section 4. */
    private static int rcodeOfUnasked(Cookie cookie) {
        return switch (cookie.standing()) {
            case NEW, PROVEN -> Rcode.NOERROR;
            case UNKNOWN -> Rcode.BADCOOKIE;
            case ABSENT, MALFORMED -> Rcode.FORMERR;
        };
    }
}
