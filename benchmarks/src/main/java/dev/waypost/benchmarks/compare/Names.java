package dev.waypost.benchmarks.compare;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The names of {@code example.org}, and who asks what. Always the same for the same number of names.
 *
 * @param count how many owners with an A and an AAAA record each
 */
record Names(int count) {
    private static final int LINES = 200_000;
    private static final long SEED = 20_261;
    private static final int SAMPLE = 60;

    private static String owner(int number) {
        return String.format("name-%07d", number);
    }

    private static String ipv4(int number) {
        return "10." + (number >> 16 & 255) + "." + (number >> 8 & 255) + "." + (number & 255);
    }

    private static String ipv6(int number) {
        return "2001:db8::" + Integer.toHexString(number >> 16) + ":" + Integer.toHexString(number & 0xFFFF);
    }

    /** Writes a zone file. */
    Path writeZone(Path file) throws IOException {
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
            out.println("$ORIGIN example.org.\n$TTL 300\n@ SOA ns hostmaster 1 3600 900 1209600 300\n@ NS ns");
            out.println("ns A 192.0.2.53");
            for (int i = 0; i < count; i++) {
                out.println(owner(i) + " A " + ipv4(i) + "\n" + owner(i) + " AAAA " + ipv6(i));
            }
        }
        return file;
    }

    /** Writes the same addresses as a file of hosts. */
    Path writeHosts(Path file) throws IOException {
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
            for (int i = 0; i < count; i++) {
                String name = owner(i) + ".example.org";
                out.println(ipv4(i) + " " + name + "\n" + ipv6(i) + " " + name);
            }
        }
        return file;
    }

    /** Writes 200,000 questions: 70 % A, 20 % AAAA, and 10 % what a search list makes of a name of another zone. */
    Path writeMix(Path file) throws IOException {
        Random random = new Random(SEED);
        return write(file, LINES, () -> {
            int number = random.nextInt(count);
            int tenth = random.nextInt(10);
            return tenth < 7 ? a(number) : tenth < 9 ? new Question(a(number).qname(), "AAAA") : searched(number);
        });
    }

    /** Writes questions for names that are there, one record each. */
    Path writeHits(Path file) throws IOException {
        Random random = new Random(SEED);
        return write(file, Math.max(LINES, count), () -> a(random.nextInt(count)));
    }

    /** Writes a million questions for names that are not there, none twice. */
    static Path writeFlood(Path file) throws IOException {
        Random random = new Random(SEED);
        return write(
                file,
                1_000_000,
                () -> new Question("x" + Long.toString(random.nextLong() >>> 1, 36) + ".example.org", "A"));
    }

    private static Path write(Path file, int lines, Supplier<Question> next) throws IOException {
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.US_ASCII))) {
            for (int i = 0; i < lines; i++) {
                out.println(next.get().line());
            }
        }
        return file;
    }

    private static Question a(int number) {
        return new Question(owner(number) + ".example.org", "A");
    }

    private static Question searched(int number) {
        return new Question(owner(number) + ".example.net.example.org", "A");
    }

    /** The last name of the zone: who answers it has read it all. */
    Question last() {
        return a(count - 1);
    }

    /** Some questions of each kind. */
    List<Question> sample() {
        return IntStream.range(0, SAMPLE)
                .map(i -> (int) ((long) i * count / SAMPLE))
                .boxed()
                .flatMap(i -> Stream.of(a(i), new Question(a(i).qname(), "AAAA"), searched(i)))
                .toList();
    }
}
