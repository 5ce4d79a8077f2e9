package dev.waypost.lookup;

import dev.waypost.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.TextParseException;

/**
 * How a relative name becomes absolute ones: the {@code search} and {@code ndots} of resolv.conf(5).
 *
 * @param domains appended in turn, absolute names
 * @param ndots a name with at least so many dots is tried as it is first, 0..15
 */
public record SearchList(List<Name> domains, int ndots) {
    /** Nothing is appended. */
    public static final SearchList NONE = new SearchList(List.of(), 1);

    private static final Path SERVICE_ACCOUNT_NAMESPACE =
            Path.of("/var/run/secrets/kubernetes.io/serviceaccount/namespace");

    /** The {@code ndots} that Kubernetes gives to pods. */
    public static final int KUBERNETES_NDOTS = 5;

    public SearchList {
        domains = List.copyOf(domains);
    }

    /** The search list of a pod: its namespace, all services, the cluster domain. */
    public static SearchList ofPod(String namespace, Name clusterDomain) {
        Name services = below("svc", clusterDomain);
        return new SearchList(List.of(below(namespace, services), services, clusterDomain), KUBERNETES_NDOTS);
    }

    /**
     * The search list of the pod that this process runs in, from the namespace that Kubernetes mounts into it.
     *
     * @throws ConfigurationException outside of a pod, or where the pod's service account is not mounted
     */
    public static SearchList ofThisPod(Name clusterDomain) {
        return ofNamespaceFile(SERVICE_ACCOUNT_NAMESPACE, clusterDomain);
    }

    static SearchList ofNamespaceFile(Path file, Name clusterDomain) {
        try {
            return ofPod(Files.readString(file).strip(), clusterDomain);
        } catch (IOException unreadable) {
            throw ConfigurationException.of(
                    file.toString(), "a pod's namespace cannot be read: " + unreadable, unreadable);
        }
    }

    /**
     * The search list of a resolv.conf(5): {@code search} or {@code domain}, the last of them, and {@code ndots}.
     *
     * @throws ConfigurationException where the file cannot be read or used, with file and line
     */
    public static SearchList ofResolvConf(Path file) {
        return SearchListReader.read(file);
    }

    private static Name below(String label, Name parent) {
        try {
            return Name.fromString(label, parent);
        } catch (TextParseException unusable) {
            throw new IllegalArgumentException(
                    "\"" + label + "\" and \"" + parent + "\" do not make a domain name: " + unusable.getMessage(),
                    unusable);
        }
    }

    /**
     * The absolute names to try, in order, each once: the root may be in the list.
     *
     * @param name as a program spells it; with a final dot it is absolute already
     * @throws IllegalArgumentException where it is not a domain name
     */
    List<Name> candidates(String name) {
        Name given = below(name, Name.empty);
        if (given.isAbsolute()) {
            return List.of(given);
        }
        Name alone = joined(given, Name.root).findFirst().orElseThrow();
        Set<Name> candidates = new LinkedHashSet<>();
        boolean aloneFirst = given.labels() - 1 >= ndots;
        if (aloneFirst) {
            candidates.add(alone);
        }
        domains.stream().flatMap(domain -> joined(given, domain)).forEach(candidates::add);
        if (!aloneFirst) {
            candidates.add(alone);
        }
        return List.copyOf(candidates);
    }

    /** The name in a domain, or nothing where it would be too long: such a name cannot exist. */
    private static Stream<Name> joined(Name given, Name domain) {
        try {
            return Stream.of(Name.concatenate(given, domain));
        } catch (NameTooLongException cannotExist) {
            return Stream.empty();
        }
    }
}
