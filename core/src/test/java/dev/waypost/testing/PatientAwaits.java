package dev.waypost.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Lets every {@code await()} look often and give up late: a test ends as soon as it can, and a busy machine fails none.
 *
 * <p>A module whose tests use Awaitility names this class in {@code META-INF/services} of its test resources.
 */
public final class PatientAwaits implements LauncherSessionListener {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Awaitility.setDefaultTimeout(Patience.LIMIT);
        Awaitility.setDefaultPollDelay(Duration.ZERO);
        Awaitility.setDefaultPollInterval(BETWEEN_LOOKS);
    }
}
