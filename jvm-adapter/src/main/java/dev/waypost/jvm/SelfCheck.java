package dev.waypost.jvm;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Looks up names that only this provider knows, through {@link InetAddress}, and counts how many of the look-ups arrive:
 * the JDK tells nobody which provider it chose, nor when it has read its cache settings.
 */
final class SelfCheck {
    /** No name of the DNS: RFC 6761 section 6.4. */
    private static final String SUFFIX = ".waypost.invalid";

    /** Where this property is set, the JDK has no other resolver. */
    private static final String HOSTS_FILE = "jdk.net.hosts.file";

    private static final String PRESENT = "present-";
    private static final byte[] ADDRESS = {127, 0, 0, 1};
    private static final AtomicLong SERIAL = new AtomicLong();
    private static final AtomicInteger ARRIVED = new AtomicInteger();

    private SelfCheck() {}

    /** Checks the resolver of this JVM; one check at a time. */
    static synchronized Installation run() {
        String serial = SERIAL.incrementAndGet() + "-" + System.nanoTime() + SUFFIX;
        int present = arrivals(PRESENT + serial);
        int absent = arrivals("absent-" + serial);
        if (present == 0) {
            return new Installation(
                    false,
                    false,
                    System.getProperty(HOSTS_FILE) == null
                            ? "the JDK chose another InetAddressResolverProvider: put waypost-jvm before it on the class"
                                    + " path (dnsjava has one too), or the agent before what looks up names at start"
                            : "the JDK reads a file of hosts and asks no provider: start the JVM without -D"
                                    + HOSTS_FILE);
        }
        if (present == 1 || absent == 1) {
            return new Installation(
                    true,
                    false,
                    "the JDK caches " + (present == 1 ? "addresses" : "failures")
                            + ": it read its settings at a look-up"
                            + " before this one. Install before the first look-up, or start the JVM with"
                            + " -Dsun.net.inetaddr.ttl=0 -Dsun.net.inetaddr.negative.ttl=0"
                            + " or networkaddress.cache.ttl=0 and networkaddress.cache.negative.ttl=0 in java.security");
        }
        return new Installation(true, true, "");
    }

    /** How many of two look-ups of a name reach the provider. */
    private static int arrivals(String host) {
        int before = ARRIVED.get();
        for (int i = 0; i < 2; i++) {
            try {
                InetAddress.getByName(host);
            } catch (UnknownHostException absent) {
                // What is counted is the question.
            }
        }
        return ARRIVED.get() - before;
    }

    static boolean isProbe(String host) {
        return host.endsWith(SUFFIX);
    }

    /** Answers a look-up of the check. */
    static InetAddress answer(String host) throws UnknownHostException {
        ARRIVED.incrementAndGet();
        if (!host.startsWith(PRESENT)) {
            throw new UnknownHostException(host);
        }
        return InetAddress.getByAddress(host, ADDRESS);
    }
}
