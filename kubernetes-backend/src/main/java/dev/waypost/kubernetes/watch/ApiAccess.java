package dev.waypost.kubernetes.watch;

import dev.waypost.ConfigurationException;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where the API server is, and who we are to it. */
public interface ApiAccess {
    /** What Kubernetes tells every container. */
    String SERVICE_HOST = "KUBERNETES_SERVICE_HOST";

    /** A client with the credentials as they are now; called again when the server refuses the old ones. */
    ApiClient open() throws IOException;

    /** The host names that are looked up to reach the server; a literal needs no look-up, and none is told. */
    default List<String> hosts() {
        return List.of();
    }

    /** The host of a URL, as {@link #hosts} has it. */
    static List<String> hostOf(String url) {
        String host = URI.create(url).getHost();
        return host == null ? List.of() : List.of(host);
    }

    /** Refuses what cannot work, before anything is started. */
    default void check() {}

    /** The service account of the pod this JVM runs in. */
    static ApiAccess inCluster() {
        return new PodAccess();
    }

    /**
     * A kubeconfig file.
     *
     * @param context the context to use; the file's current one where empty
     */
    static ApiAccess kubeconfig(Path file, Optional<String> context) {
        return new KubeconfigAccess(file, context);
    }

    /**
     * A URL, and what proves who is who there.
     *
     * @param tls files for HTTPS
     * @param token bearer token
     */
    static ApiAccess url(URI url, TlsFiles tls, Optional<String> token) {
        return new UrlAccess(url, tls, token);
    }

    /**
     * PEM files for HTTPS.
     *
     * @param certificate of this client
     * @param key of this client
     * @param authority that signed the server's certificate
     */
    record TlsFiles(Optional<Path> certificate, Optional<Path> key, Optional<Path> authority) {
        /** None. */
        public static final TlsFiles NONE = new TlsFiles(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The service account of this pod. */
    record PodAccess() implements ApiAccess {
        @Override
        public ApiClient open() throws IOException {
            if (System.getenv(SERVICE_HOST) == null) {
                throw new IOException("this process is in no cluster: " + SERVICE_HOST + " is not set");
            }
            return ClientBuilder.cluster().build();
        }

        @Override
        public List<String> hosts() {
            String host = System.getenv(SERVICE_HOST);
            return host == null ? List.of() : List.of(host);
        }
    }

    /** A kubeconfig file, read again at each opening. */
    record KubeconfigAccess(Path file, Optional<String> context) implements ApiAccess {
        @Override
        public ApiClient open() throws IOException {
            return ClientBuilder.kubeconfig(config()).build();
        }

        @Override
        public List<String> hosts() {
            try {
                return hostOf(config().getServer());
            } catch (IOException | RuntimeException unusable) {
                return List.of(); // told when the watch opens it
            }
        }

        private KubeConfig config() throws IOException {
            try (Reader text = Files.newBufferedReader(file)) {
                KubeConfig config = KubeConfig.loadKubeConfig(text);
                config.setFile(file.toAbsolutePath().toFile()); // paths in it count from its folder
                if (context.isPresent() && !config.setContext(context.get())) {
                    throw ConfigurationException.of(
                            file.toString(), "wants a context that it holds, found \"" + context.get() + "\"");
                }
                return config;
            }
        }

        @Override
        public void check() {
            try {
                config();
            } catch (IOException unreadable) {
                throw ConfigurationException.of(file.toString(), "cannot be read: " + unreadable, unreadable);
            } catch (ConfigurationException known) {
                throw known;
            } catch (RuntimeException noKubeconfig) {
                throw ConfigurationException.of(file.toString(), "is no kubeconfig: " + noKubeconfig, noKubeconfig);
            }
        }
    }
}
