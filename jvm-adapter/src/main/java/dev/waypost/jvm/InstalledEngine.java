package dev.waypost.jvm;

import dev.waypost.Readiness;
import dev.waypost.engine.DnsEngine;
import dev.waypost.engine.EnginePlan;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The engine that look-ups go to, and the hosts that it must not be asked for. */
final class InstalledEngine implements Installed {
    static final String LOCALHOST = "localhost";

    private final DnsEngine engine;
    private final List<String> given;
    private volatile OwnHosts own;
    private volatile boolean wasReady;

    InstalledEngine(DnsEngine engine, Collection<String> builtinHosts) {
        this.engine = engine;
        this.given = List.copyOf(builtinHosts);
        this.own = OwnHosts.of(engine.plan(), given);
    }

    @Override
    public @Nullable DnsEngine engineFor(String host) {
        return leaves(host) || !isReady() ? null : engine;
    }

    /** Whether the built-in resolver looks up the host, whatever the engine holds. */
    boolean leaves(String host) {
        OwnHosts known = own;
        if (known.plan != engine.plan()) { // a reload may have brought another API server
            known = OwnHosts.of(engine.plan(), given);
            own = known;
        }
        return known.hosts.contains(host);
    }

    /** Whether every part has been ready once: from then on the engine knows more than the built-in resolver. */
    private boolean isReady() {
        if (!wasReady) {
            wasReady = engine.readiness().values().stream().allMatch(Readiness::ready);
        }
        return wasReady;
    }

    /** Nothing: the engine stays the caller's. */
    @Override
    public void uninstalled() {}

    private record OwnHosts(EnginePlan plan, NavigableSet<String> hosts) {
        static OwnHosts of(EnginePlan plan, List<String> given) {
            NavigableSet<String> hosts = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
            hosts.add(LOCALHOST);
            hosts.addAll(given);
            plan.lifecycles().forEach(part -> hosts.addAll(part.ownHosts()));
            return new OwnHosts(plan, hosts);
        }
    }
}
