package dev.waypost.agent;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.nio.file.Paths;
import org.jspecify.annotations.Nullable;

/**
 * Gives the JVM's look-ups to Waypost before the program begins. Named by the jar's manifest, called by the JVM.
 *
 * <p>Nothing that goes wrong here may be the program's trouble: it is told on standard error, and the JDK's own resolver
 * goes on. The engine itself is not started here but at the first look-up; until then the program has its own way with the
 * JVM, its logging first of all.
 */
public final class WaypostAgent {
    /** The oldest Java that has the resolver SPI and long-term support. These classes are for Java 8, to say so. */
    private static final int LEAST_JAVA = 21;

    private static final String COREFILE_PROPERTY = "waypost.corefile";

    private static volatile @Nullable ClassLoader engine;

    private WaypostAgent() {}

    /**
     * Called by the JVM.
     *
     * @param argument what stands behind {@code waypost-agent.jar=}: a Corefile. Without one the property {@code
     *     waypost.corefile} names it, and without that the pod's own cluster is asked
     */
    public static void premain(@Nullable String argument) {
        try {
            int java = javaVersion(System.getProperty("java.specification.version"));
            if (java < LEAST_JAVA) {
                tell("Java " + LEAST_JAVA + " or newer is wanted, this is Java " + java
                        + ": look-ups stay with the JDK's resolver");
            } else if (!isJdkTool()) {
                begin(argument == null || argument.isEmpty() ? System.getProperty(COREFILE_PROPERTY) : argument);
            }
        } catch (Throwable failed) { // of whatever kind: the program can do nothing about it
            tell("look-ups stay with the JDK's resolver: " + reason(failed));
        }
    }

    private static String reason(Throwable failed) {
        if (failed instanceof InvocationTargetException) {
            Throwable refusal = ((InvocationTargetException) failed).getTargetException();
            return refusal instanceof Error ? refusal.toString() : String.valueOf(refusal.getMessage());
        }
        return failed.toString();
    }

    /** {@code 1.8} and {@code 21} alike. */
    static int javaVersion(String specification) {
        String version = specification.startsWith("1.") ? specification.substring(2) : specification;
        return Integer.parseInt(version);
    }

    /** The environment of a container is also that of jcmd and keytool, which look up nothing. */
    private static boolean isJdkTool() {
        String main = System.getProperty("jdk.module.main", "");
        return main.startsWith("jdk.") || main.startsWith("java.");
    }

    private static void begin(@Nullable String corefile) throws Exception {
        File jar = new File(WaypostAgent.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        ClassLoader isolated = new IsolatedLoader(jar);
        engine = isolated;
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(new AgentFirst(jar, ClassLoader.getSystemClassLoader()));
        try {
            Object installation = install(isolated.loadClass("dev.waypost.jvm.WaypostJvm"), corefile);
            Method remedy = installation.getClass().getMethod("remedy");
            String text = (String) remedy.invoke(installation);
            if (!text.isEmpty()) {
                tell(text);
            }
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Makes the first look-up of this JVM, at which it chooses its resolver for good. */
    private static Object install(Class<?> door, @Nullable String corefile) throws ReflectiveOperationException {
        return corefile == null
                ? door.getMethod("installInPod").invoke(null)
                : door.getMethod("install", Path.class).invoke(null, Paths.get(corefile));
    }

    private static void tell(String text) {
        System.err.println("waypost-agent: " + text);
    }

    /** Where Waypost's classes are; null where the agent was not started. */
    static @Nullable ClassLoader engine() {
        return engine;
    }
}
