package dev.waypost.tsig;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.xbill.DNS.Name;

/** Keys by their names. Immutable. */
public final class TsigKeys {
    /** No key. */
    public static final TsigKeys NONE = new TsigKeys(Map.of());

    private final Map<Name, TsigKey> keys;

    private TsigKeys(Map<Name, TsigKey> keys) {
        this.keys = keys;
    }

    /**
     * The given keys.
     *
     * @throws IllegalArgumentException for two different ones of one name
     */
    public static TsigKeys of(Collection<TsigKey> keys) {
        Map<Name, TsigKey> byName = new LinkedHashMap<>();
        for (TsigKey key : keys) {
            TsigKey other = byName.put(key.name(), key);
            if (other != null && !other.equals(key)) {
                throw new IllegalArgumentException("one key wants one secret, found two for " + key.name());
            }
        }
        return byName.isEmpty() ? NONE : new TsigKeys(byName);
    }

    /** The given keys. */
    public static TsigKeys of(TsigKey... keys) {
        return of(List.of(keys));
    }

    /** The key of a name, any letter case. */
    public Optional<TsigKey> find(Name name) {
        return Optional.ofNullable(keys.get(name));
    }

    /** Every key, in the order given. */
    public Collection<TsigKey> all() {
        return List.copyOf(keys.values());
    }

    /** Every key's name. */
    public Set<Name> names() {
        return Set.copyOf(keys.keySet());
    }
}
