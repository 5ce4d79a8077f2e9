package dev.waypost.pem;

import dev.waypost.ConfigurationException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The blocks of one PEM file (RFC 7468); what stands between them is for people and passed over. Two are equal when their
 * files held the same text.
 */
public final class PemFile {
    private static final long MOST_OCTETS = 1 << 20;
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";

    private final String source;
    private final String text;
    private final List<PemBlock> blocks;

    private PemFile(String source, String text, List<PemBlock> blocks) {
        this.source = source;
        this.text = text;
        this.blocks = blocks;
    }

    /**
     * Reads a file.
     *
     * @throws ConfigurationException when it cannot be read, or is no PEM file, with the line
     */
    public static PemFile read(Path file) {
        try {
            if (Files.size(file) > MOST_OCTETS) {
                throw ConfigurationException.of(file.toString(), "a PEM file wants at most 1 MiB");
            }
            return of(Files.readString(file, StandardCharsets.ISO_8859_1), file.toString());
        } catch (IOException unreadable) {
            throw ConfigurationException.of(file.toString(), "cannot be read: " + unreadable, unreadable);
        }
    }

    static PemFile of(String text, String source) {
        List<PemBlock> blocks = new ArrayList<>();
        List<String> lines = text.lines().toList();
        int at = 0;
        while (at < lines.size()) {
            String line = lines.get(at).strip();
            at++;
            if (line.startsWith(BEGIN) && line.endsWith(DASHES)) {
                String label = line.substring(BEGIN.length(), line.length() - DASHES.length());
                int end = endOf(lines, at, label, source);
                blocks.add(new PemBlock(label, at, decoded(lines.subList(at, end), at, source)));
                at = end + 1;
            }
        }
        return new PemFile(source, text, List.copyOf(blocks));
    }

    private static int endOf(List<String> lines, int from, String label, String source) {
        for (int at = from; at < lines.size(); at++) {
            String line = lines.get(at).strip();
            if (line.startsWith(END)) {
                if (line.equals(END + label + DASHES)) {
                    return at;
                }
                throw ConfigurationException.at(source, at + 1, "END wants \"" + label + "\", found \"" + line + "\"");
            }
        }
        throw ConfigurationException.at(source, from, "\"" + label + "\" has no END line");
    }

    private static byte[] decoded(List<String> lines, int before, String source) {
        StringBuilder base64 = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.indexOf(':') >= 0) { // RFC 1421's headers; the only ones in use say that a key is encrypted
                throw ConfigurationException.at(
                        source, before + i + 1, "wants a key without a password, found \"" + line + "\"");
            }
            base64.append(line);
        }
        try {
            return Base64.getDecoder().decode(base64.toString());
        } catch (IllegalArgumentException unreadable) {
            throw ConfigurationException.at(source, before + 1, "wants base64: " + unreadable.getMessage());
        }
    }

    /** How errors call the file. */
    String source() {
        return source;
    }

    /** Every block, in the order of the file. */
    List<PemBlock> blocks() {
        return blocks;
    }

    /**
     * Every certificate of the file, in its order.
     *
     * @throws ConfigurationException where there is none, or one cannot be read
     */
    public List<X509Certificate> certificates() {
        List<X509Certificate> certificates = new ArrayList<>();
        for (PemBlock block : blocks) {
            if (block.label().equals("CERTIFICATE")) {
                certificates.add(certificate(block));
            }
        }
        if (certificates.isEmpty()) {
            throw ConfigurationException.of(source, "wants a certificate, found " + labels());
        }
        return List.copyOf(certificates);
    }

    private X509Certificate certificate(PemBlock block) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(block.content()));
        } catch (CertificateException unreadable) {
            throw ConfigurationException.at(
                    source, block.line(), "wants an X.509 certificate: " + unreadable.getMessage());
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PemFile that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** Where it was read; a key in it is kept out of logs. */
    @Override
    public String toString() {
        return source;
    }

    /** What there is, for an error. */
    String labels() {
        return blocks.isEmpty()
                ? "no PEM block"
                : blocks.stream().map(PemBlock::label).toList().toString();
    }
}
