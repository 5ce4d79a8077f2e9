package dev.waypost.benchmarks.compare;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A name server that can take part: its program, and how it is started with a configuration file. */
enum Peer {
    WAYPOST("java", "Corefile", List.of("{jvm}", "-jar", "{jar}", "-quiet", "-conf", "{conf}"), "-version"),
    KNOT("knotd", "knotd.conf", List.of("-c", "{conf}"), "-V"),
    NSD("nsd", "nsd.conf", List.of("-d", "-c", "{conf}"), "-v"),
    BIND("named", "named.conf", List.of("-f", "-c", "{conf}"), "-v"),
    UNBOUND("unbound", "unbound.conf", List.of("-d", "-c", "{conf}"), "-V"),
    DNSMASQ("dnsmasq", "dnsmasq.conf", List.of("-k", "-C", "{conf}"), "-v"),
    COREDNS("coredns", "Corefile", List.of("-conf", "{conf}"), "-version");

    private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+[\\w.+-]*");

    private final String program;
    private final String configuration;
    private final List<String> arguments;
    private final String versionFlag;

    Peer(String program, String configuration, List<String> arguments, String versionFlag) {
        this.program = program;
        this.configuration = configuration;
        this.arguments = arguments;
        this.versionFlag = versionFlag;
    }

    /** The name's usual form: {@code waypost}. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Where its program is: on the {@code PATH}, or where systems keep servers. */
    Optional<Path> program() {
        if (this == WAYPOST) {
            return Optional.of(Path.of(System.getProperty("java.home"), "bin", program));
        }
        return Stream.concat(
                        Arrays.stream(System.getenv("PATH").split(File.pathSeparator)),
                        Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The file name of its configuration. */
    String configuration() {
        return configuration;
    }

    /** Its arguments, with what must be filled in between braces. */
    List<String> arguments() {
        return arguments;
    }

    /** The version that its program tells; of Waypost that of the JVM. */
    String version() throws IOException {
        Optional<Path> found = program();
        if (found.isEmpty()) {
            return "not here";
        }
        Process process = new ProcessBuilder(found.get().toString(), versionFlag)
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher version = VERSION.matcher(text);
        return version.find() ? version.group() : "?";
    }
}
