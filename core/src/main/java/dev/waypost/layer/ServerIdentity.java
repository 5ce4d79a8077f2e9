package dev.waypost.layer;

import dev.waypost.EdnsOption;
import dev.waypost.Envelope;
import dev.waypost.Layer;
import dev.waypost.Query;
import dev.waypost.Resolver;
import dev.waypost.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells clients that ask for it which server answered: the name server identifier (RFC 5001; CoreDNS's {@code nsid}).
 *
 * <p>Immutable, and safe for any number of threads.
 */
public final class ServerIdentity implements Layer {
    /** The option code of NSID. */
    public static final int NSID = 3;

    private static final int MOST_OCTETS = 255;

    private final EdnsOption option;

    /**
     * A layer that gives this identifier.
     *
     * @param identifier 1..255 octets in UTF-8
     */
    public ServerIdentity(String identifier) {
        byte[] octets = identifier.getBytes(StandardCharsets.UTF_8);
        if (octets.length == 0 || octets.length > MOST_OCTETS) {
            throw new IllegalArgumentException(
                    "a name server identifier wants 1.." + MOST_OCTETS + " octets, found " + octets.length);
        }
        this.option = new EdnsOption(NSID, octets);
    }

    @Override
    public Resolver over(Resolver next) {
        return query -> isAsked(query) ? next.resolve(query).map(this::identified) : next.resolve(query);
    }

    private static boolean isAsked(Query query) {
        return query.edns().options().stream().anyMatch(option -> option.code() == NSID);
    }

    private Response identified(Response response) {
        Envelope envelope = response.envelope();
        List<EdnsOption> options = new ArrayList<>(envelope.options());
        options.removeIf(other -> other.code() == NSID); // a reply has one, and it is this server's
        options.add(option);
        return response.withEnvelope(envelope.withOptions(options));
    }
}
