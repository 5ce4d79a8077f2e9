package dev.waypost.socket.tls;

import dev.waypost.pem.PemFile;
import java.nio.file.Path;
import java.util.Optional;

/** Where a listener's certificate, key and authorities are, and what it wants of clients. */
record TlsFiles(Path certificates, Path key, ClientAuthentication clients, Optional<Path> authorities) {
    /** What the files hold, read once; equal to what they held before as long as nobody has changed them. */
    record Contents(PemFile certificates, PemFile key, Optional<PemFile> authorities) {}

    Contents read() {
        return new Contents(PemFile.read(certificates), PemFile.read(key), authorities.map(PemFile::read));
    }
}
