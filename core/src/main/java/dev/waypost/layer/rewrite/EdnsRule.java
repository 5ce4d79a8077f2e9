package dev.waypost.layer.rewrite;

import dev.waypost.Edns;
import dev.waypost.EdnsOption;
import dev.waypost.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts an EDNS option into queries, or takes it out. */
public final class EdnsRule implements RewriteRule {
    /** What CoreDNS offers upstreams for a query that came without EDNS, octets; a door bounds its replies by itself. */
    private static final int OFFERED_OCTETS = 4096;

    /** What is done. */
    public enum Action {
        /** The option has this content, whether it was there or not. */
        SET,
        /** The option is added where it was not. */
        APPEND,
        /** The option has this content where it was. */
        REPLACE,
        /** The option is taken out. */
        UNSET
    }

    private final Action action;
    private final int code;
    private final EdnsContent content;

    /**
     * A rule for an option.
     *
     * @param code option code, 0..65535
     * @param content what the option holds; {@link Action#UNSET} does not ask for it
     */
    public EdnsRule(Action action, int code, EdnsContent content) {
        this.action = action;
        this.code = code;
        this.content = content;
    }

    @Override
    public Outcome apply(Query query) {
        boolean there = query.edns().options().stream().anyMatch(this::isIt);
        boolean fits = switch (action) {
            case SET -> true;
            case APPEND -> !there;
            case REPLACE, UNSET -> there;
        };
        if (!fits) {
            return Outcome.UNFIT;
        }
        if (action == Action.UNSET) {
            return new Rewritten(query.withEdns(with(query.edns(), List.of())), resolution -> resolution);
        }
        Optional<byte[]> octets = content.of(query);
        if (octets.isEmpty()) {
            return Outcome.UNFIT;
        }
        Edns changed = with(query.edns(), List.of(new EdnsOption(code, octets.get())));
        return new Rewritten(
                query.withEdns(changed), resolution -> resolution.bounded(content.sharedWith(query.client())));
    }

    private boolean isIt(EdnsOption option) {
        return option.code() == code;
    }

    private Edns with(Edns edns, List<EdnsOption> instead) {
        List<EdnsOption> options = new ArrayList<>(edns.options());
        options.removeIf(this::isIt);
        options.addAll(instead);
        int octets = edns.present() ? edns.udpPayloadSize() : OFFERED_OCTETS;
        return new Edns(true, octets, edns.dnssecOk(), options);
    }
}
