package dev.waypost.kubernetes.watch;

import dev.waypost.ConfigurationException;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.credentials.AccessTokenAuthentication;
import io.kubernetes.client.util.credentials.ClientCertificateAuthentication;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** An API server at a URL; its files are read again at each opening. No record: a token stands in no {@code toString}. */
final class UrlAccess implements ApiAccess {
    private final URI url;
    private final TlsFiles tls;
    private final Optional<String> token;

    UrlAccess(URI url, TlsFiles tls, Optional<String> token) {
        this.url = url;
        this.tls = tls;
        this.token = token;
    }

    @Override
    public ApiClient open() throws IOException {
        ClientBuilder builder = new ClientBuilder().setBasePath(url.toString()).setVerifyingSsl(true);
        if (tls.authority().isPresent()) {
            builder.setCertificateAuthority(Files.readAllBytes(tls.authority().get()));
        }
        if (tls.certificate().isPresent() && tls.key().isPresent()) {
            builder.setAuthentication(new ClientCertificateAuthentication(
                    Files.readAllBytes(tls.certificate().get()),
                    Files.readAllBytes(tls.key().get())));
        }
        token.ifPresent(text -> builder.setAuthentication(new AccessTokenAuthentication(text)));
        return builder.build();
    }

    @Override
    public List<String> hosts() {
        return ApiAccess.hostOf(url.toString());
    }

    @Override
    public void check() {
        Stream.of(tls.certificate(), tls.key(), tls.authority())
                .flatMap(Optional::stream)
                .forEach(UrlAccess::read);
        try {
            open(); // connects to nothing, and takes the files for what they should be
        } catch (IOException | RuntimeException unusable) {
            throw ConfigurationException.of(
                    url.toString(), "wants certificates and a key in PEM, found: " + unusable, unusable);
        }
    }

    private static void read(Path file) {
        try {
            Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw ConfigurationException.of(file.toString(), "cannot be read: " + unreadable, unreadable);
        }
    }
}
