package dev.waypost.layer;

import dev.waypost.Layer;
import dev.waypost.MetadataSource;
import dev.waypost.Query;
import dev.waypost.Resolver;

/**
 * Gives queries their labels (CoreDNS's {@code metadata}): what stands below may ask for them, and until it does nothing
 * is worked out.
 *
 * <p>Labels are about what the client asked. So they stay when a layer below rewrites the question, and when an alias
 * leads on. Immutable, and safe for any number of threads.
 */
public final class MetadataLayer implements Layer {
    private final MetadataSource source;

    /**
     * A layer over one source of labels.
     *
     * @param source who knows the labels
     */
    public MetadataLayer(MetadataSource source) {
        this.source = source;
    }

    @Override
    public Resolver over(Resolver next) {
        return query -> next.resolve(query.followed().isEmpty() ? labelled(query) : query);
    }

    private Query labelled(Query query) {
        return query.withMetadata(label -> source.value(label, query));
    }
}
