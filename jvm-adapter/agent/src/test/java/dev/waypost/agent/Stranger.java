package dev.waypost.agent;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.logging.LogManager;

/** A program that has never heard of Waypost: for each line it is told it looks up a host, or makes an object of a class. */
final class Stranger {
    private static final String CLASS = "class ";

    private Stranger() {}

    public static void main(String[] arguments) throws IOException {
        System.setProperty("java.util.logging.manager", OwnLogManager.class.getName());
        BufferedReader told = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = told.readLine(); line != null; line = told.readLine()) {
            System.out.println(
                    line.startsWith(CLASS) ? object(line.substring(CLASS.length())) : String.valueOf(addresses(line)));
        }
    }

    private static Object object(String className) {
        try {
            return Class.forName(className).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException | LinkageError none) {
            return none.getClass().getSimpleName();
        }
    }

    private static Object addresses(String host) {
        try {
            return Arrays.stream(InetAddress.getAllByName(host))
                    .map(InetAddress::getHostAddress)
                    .sorted()
                    .toList();
        } catch (UnknownHostException unknown) {
            return "unknown";
        }
    }

    /** The program's own logging, which it may still choose when its main begins. */
    public static final class OwnLogManager extends LogManager {
        /** For the JDK. */
        public OwnLogManager() {}
    }

    /** Tells whose logging it is. */
    public static final class Logging {
        /** For this program. */
        public Logging() {}

        @Override
        public String toString() {
            return LogManager.getLogManager().getClass().getSimpleName();
        }
    }
}
