package dev.waypost.benchmarks.compare;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Servers are compared only when they say the same. */
final class Agreement {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private Agreement() {}

    /**
     * Asks every server the same.
     *
     * @throws IOException naming the first question to which two servers answer differently, and both answers
     */
    static void check(List<RunningPeer> servers, List<Question> questions) throws IOException {
        for (Question question : questions) {
            String expected = answer(servers.get(0), question);
            for (RunningPeer server : servers) {
                String found = answer(server, question);
                if (!found.equals(expected)) {
                    throw new IOException(question.line() + ": "
                            + servers.get(0).label() + " answers " + expected + ", " + server.label() + " " + found);
                }
            }
        }
        System.out.println(questions.size() + " questions were answered alike by " + servers.size() + " servers.\n");
    }

    private static String answer(RunningPeer server, Question question) throws IOException {
        return question.ask(server.port(), PATIENCE)
                .orElseThrow(() -> new IOException(server.label() + " does not answer " + question.line()));
    }
}
