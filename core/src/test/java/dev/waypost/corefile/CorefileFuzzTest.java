package dev.waypost.corefile;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.waypost.ConfigurationException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** Corefiles of whatever octets, with core's own directives: they are planned, or refused with their place. */
class CorefileFuzzTest {
    private static final CorefilePlanner PLANNER = CorefilePlanner.of(Stream.concat(
                            ServiceLoader.load(DirectiveFactory.class).stream().map(ServiceLoader.Provider::get),
                            List.of(new NamedDirective("forward"), new NamedDirective("cache")).stream())
                    .toList())
            .withEnvironment(name -> name.length() > 3 ? null : name);

    @FuzzTest(maxDuration = "60s")
    void isPlannedOrRefused(byte[] octets) {
        String text = new String(octets, StandardCharsets.UTF_8);
        if (text.contains("/")) {
            return; // no file of this machine is opened for a test
        }
        try {
            PLANNER.plan(text, "Corefile", Path.of("/nonexistent"));
        } catch (ConfigurationException refused) {
            // any other exception is a fault of the reader
        }
    }
}
