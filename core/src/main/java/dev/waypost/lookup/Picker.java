package dev.waypost.lookup;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;

/**
 * Chooses one of several: addresses, endpoints, service instances. Safe for any number of threads where the generator is that it is
 * made with; {@link #random()} is.
 *
 * @param <T> what is chosen from
 */
@FunctionalInterface
public interface Picker<T> {
    /**
     * Chooses.
     *
     * @return empty where there is nothing to choose from
     */
    Optional<T> pick(List<? extends T> from);

    /** A generator for any number of threads. */
    static RandomGenerator random() {
        return PerThread.RANDOM;
    }

    /** Every one as often as another. */
    static <T> Picker<T> uniform(RandomGenerator random) {
        return from -> from.isEmpty() ? Optional.empty() : Optional.of(from.get(random.nextInt(from.size())));
    }

    /**
     * As often as its weight says; of nothing but weights of 0, every one as often as another.
     *
     * @param weight zero or more
     */
    static <T> Picker<T> weighted(ToIntFunction<? super T> weight, RandomGenerator random) {
        return from -> {
            long all = from.stream().mapToLong(weight::applyAsInt).sum();
            if (all <= 0) {
                return Picker.<T>uniform(random).pick(from);
            }
            long drawn = random.nextLong(all);
            for (T each : from) {
                drawn -= weight.applyAsInt(each);
                if (drawn < 0) {
                    return Optional.of(each);
                }
            }
            return Optional.empty();
        };
    }

    /** SRV records as RFC 2782 has them: of the lowest priority, as often as the weight says. */
    static Picker<ServiceInstance> srv(RandomGenerator random) {
        Picker<ServiceInstance> byWeight = weighted(ServiceInstance::weight, random);
        return from -> {
            int first = from.stream().mapToInt(ServiceInstance::priority).min().orElse(0);
            return byWeight.pick(from.stream()
                    .filter(instance -> instance.priority() == first)
                    .toList());
        };
    }

    /**
     * The less loaded of two drawn at random: nearly as even as looking at all, and no two callers run after the same one.
     *
     * @param load the caller's own measure: requests under way, for instance
     */
    static <T> Picker<T> lessLoadedOfTwo(ToLongFunction<? super T> load, RandomGenerator random) {
        return from -> {
            if (from.size() < 2) {
                return from.stream().<T>map(Function.identity()).findFirst();
            }
            int one = random.nextInt(from.size());
            int other = random.nextInt(from.size() - 1);
            T first = from.get(one);
            T second = from.get(other < one ? other : other + 1);
            return Optional.of(load.applyAsLong(second) < load.applyAsLong(first) ? second : first);
        };
    }

    /** Of those that fit if there are any, else of all. */
    static <T> Picker<T> preferring(Predicate<? super T> fits, Picker<T> among) {
        return from -> {
            List<? extends T> fitting = from.stream().filter(fits).toList();
            return among.pick(fitting.isEmpty() ? from : fitting);
        };
    }

    /**
     * Endpoints that are ready, of those the ones in a zone - hinted for it, or in it where none is hinted - if there are
     * any.
     */
    static Picker<Endpoint> inZone(String zone, Picker<Endpoint> among) {
        Picker<Endpoint> near = preferring(
                endpoint -> endpoint.hintedZones().contains(zone),
                preferring(endpoint -> endpoint.zone().equals(zone), among));
        return from -> near.pick(from.stream().filter(Endpoint::ready).toList());
    }

    /**
     * Always the same one for a key, as long as it is there: when one comes or goes, only its own share of the keys moves
     * (rendezvous hashing).
     *
     * @param identity tells one from another, the same in every process: an address, not an object
     */
    static <T> Picker<T> stable(Object key, Function<? super T, ?> identity) {
        long seed = Rendezvous.hash(key);
        return from -> from.stream()
                .<T>map(Function.identity())
                .max(Comparator.comparingLong(each -> Rendezvous.mix(seed ^ Rendezvous.hash(identity.apply(each)))));
    }
}
