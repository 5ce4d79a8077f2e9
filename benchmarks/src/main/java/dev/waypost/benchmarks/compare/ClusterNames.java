package dev.waypost.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The names of the cluster that {@link ClusterApi} has, and who asks what. */
final class ClusterNames {
    private static final int SERVICES = 10_000;
    private static final int NAMESPACES = 100;
    private static final int HEADLESS_EVERY = 3;
    private static final int LINES = 200_000;
    private static final long SEED = 20_262;
    private static final int SAMPLE = 60;

    /** The A question for a service. */
    Question service(int number) {
        return new Question("service-" + number + ".team-" + number % NAMESPACES + ".svc.cluster.local", "A");
    }

    /** Numbers of headless services, all different for the first few thousand. */
    int headless(int index) {
        return index * HEADLESS_EVERY % SERVICES;
    }

    private Question searched(int number) {
        String namespace = "team-" + number % NAMESPACES;
        return new Question("service-" + number + ".example.org." + namespace + ".svc.cluster.local", "A");
    }

    /** The last service. */
    Question last() {
        return service(SERVICES - 1);
    }

    /** Writes 200,000 questions: 70 % A, 20 % AAAA, 10 % what a search list makes of a name outside of the cluster. */
    Path writeMix(Path file) throws IOException {
        Random random = new Random(SEED);
        List<String> lines = new ArrayList<>(LINES);
        for (int i = 0; i < LINES; i++) {
            int number = random.nextInt(SERVICES);
            int tenth = random.nextInt(10);
            lines.add((tenth < 7 ? service(number) : tenth < 9 ? aaaa(number) : searched(number)).line());
        }
        return Files.write(file, lines);
    }

    private Question aaaa(int number) {
        return new Question(service(number).qname(), "AAAA");
    }

    /** Some questions of each kind. */
    List<Question> sample() {
        return IntStream.range(0, SAMPLE)
                .map(i -> i * SERVICES / SAMPLE)
                .boxed()
                .flatMap(i -> Stream.of(service(i), aaaa(i), searched(i)))
                .toList();
    }
}
