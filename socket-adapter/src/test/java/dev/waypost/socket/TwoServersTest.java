package dev.waypost.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.engine.DnsEngine;
import java.io.File;
import java.io.IOException;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.net.InetSocketAddress;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

/** Servers side by side in one JVM, and servers whose classes are unloaded: nothing is static that lives. */
class TwoServersTest {
    @Test
    void twoServersInOneJvmKnowNothingOfEachOther() throws IOException {
        try (DnsEngine one = DnsEngine.of(TestPlans.saying("192.0.2.1").build()).start();
                DnsEngine other =
                        DnsEngine.of(TestPlans.saying("192.0.2.2").build()).start();
                DnsServer first = serve(one)) {
            DnsServer second = serve(other);
            assertThat(Wire.address(second.addresses().get(0), TestPlans.HOST)).isEqualTo("192.0.2.2");

            second.close();

            InetSocketAddress local = first.addresses().get(0);
            assertThat(Wire.address(local, TestPlans.HOST)).isEqualTo("192.0.2.1");
            assertThat(Wire.firstOf(Wire.tcp(local, TestPlans.HOST, Type.A))).isEqualTo("192.0.2.1");
        }
    }

    private static DnsServer serve(DnsEngine engine) {
        return DnsServer.builder(engine)
                .listen(TestPlans.loopback())
                .options(TestPlans.QUICK)
                .start();
    }

    @Test
    void aClosedServersClassesAreUnloaded() throws Exception {
        // In a JVM of its own, which lets go of what is only softly held: the JDK keeps method handles that way.
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:SoftRefLRUPolicyMSPerMB=0",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Unloading.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();

        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

        assertThat(said).isEqualTo("unloaded");
    }

    /** Serves one query of each transport, then ends. */
    static final class Serving implements Runnable {
        @Override
        public void run() {
            try (DnsEngine engine =
                            DnsEngine.of(TestPlans.saying("192.0.2.1").build()).start();
                    DnsServer server = serve(engine)) {
                InetSocketAddress local = server.addresses().get(0);
                Wire.udp(local, TestPlans.HOST, Type.A);
                Wire.tcp(local, TestPlans.HOST, Type.A);
            } catch (IOException failed) {
                throw new IllegalStateException(failed);
            }
        }
    }

    /** Loads Waypost a second time, lets it serve, and waits until the collector has taken its classes. */
    static final class Unloading {
        private static final int TRIES = 600;
        private static final long BETWEEN_MILLIS = 100;

        private Unloading() {}

        /** JDK 17 remembers the last record whose equals was linked: this one then. */
        private record Last(Unloading of) {}

        public static void main(String[] arguments) throws Exception {
            ReferenceQueue<ClassLoader> unloaded = new ReferenceQueue<>();
            Reference<ClassLoader> loader = servedOnce(unloaded);
            boolean linked = new Last(new Unloading()).equals(new Last(new Unloading()));
            Reference<?> gone = null;
            for (int tries = 0; tries < TRIES && !linked && gone == null; tries++) {
                System.gc();
                gone = unloaded.remove(BETWEEN_MILLIS);
            }
            System.out.print(gone == loader ? "unloaded" : "held");
        }

        private static Reference<ClassLoader> servedOnce(ReferenceQueue<ClassLoader> unloaded) throws Exception {
            try (ChildFirst loader = new ChildFirst()) {
                var program = loader.loadClass(Serving.class.getName()).getDeclaredConstructor();
                program.setAccessible(true);
                Thread thread = new Thread((Runnable) program.newInstance());
                thread.start();
                thread.join();
                return new PhantomReference<>(loader, unloaded);
            }
        }
    }

    /** Loads every class of Waypost anew. */
    private static final class ChildFirst extends URLClassLoader {
        ChildFirst() throws MalformedURLException {
            super(classPath(), ChildFirst.class.getClassLoader());
        }

        private static URL[] classPath() throws MalformedURLException {
            List<URL> urls = new ArrayList<>();
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
                urls.add(new File(entry).toURI().toURL());
            }
            return urls.toArray(URL[]::new);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                if (known == null && name.startsWith("dev.waypost.")) {
                    known = findClass(name);
                }
                return known != null ? known : super.loadClass(name, resolve);
            }
        }
    }
}
