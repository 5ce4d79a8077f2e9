package dev.waypost.forwarding;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.waypost.Ticker;
import dev.waypost.corefile.CorefileDigest;
import java.util.List;

/**
 * What the caches of a host remember, from reload to reload: a server block that says what it said before, and forwards to
 * where it forwarded before, goes on with the answers it has. Whatever no plan uses any more is let go of.
 */
final class KeptCaches {
    /**
     * What must be equal.
     *
     * @param block what the server block says: zones, settings, and every other source in front of the upstreams
     * @param upstreams where it forwards to; a {@code resolv.conf} may say something else than before
     * @param ticker the clock of all times that are kept
     */
    record Identity(CorefileDigest block, List<List<UpstreamAddress>> upstreams, Ticker ticker) {}

    private final Cache<Identity, AnswerStores> inUse =
            Caffeine.newBuilder().weakValues().executor(Runnable::run).build();

    /** What is remembered already, or {@code fresh} from now on. */
    AnswerStores of(Identity identity, AnswerStores fresh) {
        return inUse.get(identity, unknown -> fresh);
    }
}
