package dev.waypost.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rooms of the house and the one-way arrows between them, checked against the byte code on the class path. */
public final class Architecture {
    private static final String ROOT = "dev.waypost";

    /** {@code A -> b}: package A, with its sub-packages, may import b. The root may be imported by all. */
    private static final Map<String, List<String>> ARROWS = arrows();

    private static final JavaClasses PRODUCTION = production();

    private Architecture() {}

    private static Map<String, List<String>> arrows() {
        Map<String, List<String>> arrows = new LinkedHashMap<>();
        arrows.put(ROOT, List.of());
        arrows.put("dev.waypost.zone", List.of(ROOT));
        arrows.put("dev.waypost.layer", List.of(ROOT));
        arrows.put("dev.waypost.tsig", List.of(ROOT));
        arrows.put("dev.waypost.wire", List.of(ROOT, "dev.waypost.tsig"));
        arrows.put("dev.waypost.transfer", List.of(ROOT, "dev.waypost.zone"));
        arrows.put("dev.waypost.dnsjava", List.of(ROOT));
        arrows.put("dev.waypost.jfr", List.of(ROOT));
        arrows.put("dev.waypost.lookup", List.of(ROOT, "dev.waypost.jfr"));
        arrows.put("dev.waypost.pem", List.of(ROOT));
        arrows.put(
                "dev.waypost.engine",
                List.of(
                        ROOT,
                        "dev.waypost.zone",
                        "dev.waypost.tsig",
                        "dev.waypost.wire",
                        "dev.waypost.lookup",
                        "dev.waypost.jfr"));
        arrows.put(
                "dev.waypost.corefile",
                List.of(
                        ROOT,
                        "dev.waypost.zone",
                        "dev.waypost.tsig",
                        "dev.waypost.layer",
                        "dev.waypost.lookup",
                        "dev.waypost.engine"));
        arrows.put(
                "dev.waypost.kubernetes",
                List.of(
                        ROOT,
                        "dev.waypost.zone",
                        "dev.waypost.jfr",
                        "dev.waypost.lookup",
                        "dev.waypost.engine",
                        "dev.waypost.corefile"));
        arrows.put(
                "dev.waypost.forwarding", List.of(ROOT, "dev.waypost.jfr", "dev.waypost.corefile", "dev.waypost.pem"));
        arrows.put(
                "dev.waypost.socket",
                List.of(
                        ROOT,
                        "dev.waypost.zone",
                        "dev.waypost.tsig",
                        "dev.waypost.transfer",
                        "dev.waypost.wire",
                        "dev.waypost.engine",
                        "dev.waypost.corefile",
                        "dev.waypost.pem"));
        arrows.put(
                "dev.waypost.jvm", List.of(ROOT, "dev.waypost.lookup", "dev.waypost.engine", "dev.waypost.corefile"));
        arrows.put("dev.waypost.agent", List.of()); // what it starts is reached by reflection: no class of it may leak
        arrows.put("dev.waypost.grpc", List.of(ROOT, "dev.waypost.lookup", "dev.waypost.engine"));
        arrows.put("dev.waypost.netty", List.of(ROOT, "dev.waypost.lookup", "dev.waypost.engine"));
        arrows.put("dev.waypost.spring", List.of(ROOT, "dev.waypost.lookup", "dev.waypost.engine"));
        arrows.put("dev.waypost.micrometer", List.of(ROOT, "dev.waypost.engine"));
        arrows.put(
                "dev.waypost.testkit",
                List.of(ROOT, "dev.waypost.lookup", "dev.waypost.engine", "dev.waypost.kubernetes"));
        return arrows;
    }

    /** Checks every arrow whose start is on the class path, and that there is no cycle. */
    public static void checkArrows() {
        ARROWS.forEach((room, allowed) -> {
            if (PRODUCTION.stream().anyMatch(in(room))) {
                noClasses()
                        .that(in(room))
                        .should()
                        .dependOnClassesThat(forbidden(room, allowed))
                        .because(room + " may import " + allowed)
                        .check(PRODUCTION);
            }
        });
        slices().assignedFrom(new Rooms()).should().beFreeOfCycles().check(PRODUCTION);
    }

    /** Checks that core reaches no network and watches no file. */
    public static void checkCoreTouchesNoNetwork() {
        noClasses()
                .should()
                .dependOnClassesThat(new Networking())
                .because("core opens no socket, channel, selector, HTTP client or file watcher")
                .check(PRODUCTION);
        noClasses()
                .should()
                .callMethodWhere(asksTheSystemResolver())
                .because("core is what answers: it asks no resolver of the host")
                .check(PRODUCTION);
    }

    private static DescribedPredicate<JavaMethodCall> asksTheSystemResolver() {
        List<String> owners = List.of("java.net.InetAddress", "org.xbill.DNS.Address");
        List<String> methods = List.of(
                "getByName", "getAllByName", "getLocalHost", "getHostName", "getCanonicalHostName", "isReachable");
        return DescribedPredicate.describe(
                "a look-up of the system's resolver",
                call -> owners.contains(call.getTargetOwner().getName())
                        && methods.contains(call.getTarget().getName()));
    }

    private static JavaClasses production() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("-tests.jar"))
                .importPackages(ROOT);
    }

    private static DescribedPredicate<JavaClass> in(String room) {
        return DescribedPredicate.describe(
                "reside in " + room, each -> roomOf(each).equals(room));
    }

    private static DescribedPredicate<JavaClass> forbidden(String room, List<String> allowed) {
        return DescribedPredicate.describe("reside in a room not allowed to " + room, each -> {
            String target = roomOf(each);
            return !target.isEmpty() && !target.equals(room) && !allowed.contains(target);
        });
    }

    /** The room of a class: the longest listed package that holds it; empty for classes that are not ours. */
    private static String roomOf(JavaClass each) {
        String name = each.getPackageName();
        if (name.equals(ROOT)) {
            return ROOT;
        }
        return ARROWS.keySet().stream()
                .filter(room -> !room.equals(ROOT) && (name.equals(room) || name.startsWith(room + ".")))
                .findFirst()
                .orElse(name.startsWith(ROOT + ".") ? name : "");
    }

    /** One slice a package, sub-packages on their own: a cycle inside a module counts too. */
    private static final class Rooms implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass each) {
            return each.getPackageName().startsWith(ROOT)
                    ? SliceIdentifier.of(each.getPackageName())
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "packages of Waypost";
        }
    }

    /** What opens a connection or watches a file, in the JDK and in dnsjava. */
    private static final class Networking extends DescribedPredicate<JavaClass> {
        private static final List<String> PACKAGES =
                List.of("java.nio.channels", "java.net.http", "javax.net", "com.sun.net", "java.rmi");
        private static final List<String> JDK_TYPES = List.of(
                "java.net.Socket",
                "java.net.ServerSocket",
                "java.net.DatagramSocket",
                "java.net.MulticastSocket",
                "java.net.DatagramPacket",
                "java.net.URL",
                "java.net.URLConnection",
                "java.net.NetworkInterface",
                "java.nio.file.WatchService");
        private static final List<String> DNSJAVA_TYPES = List.of(
                "SimpleResolver",
                "ExtendedResolver",
                "DohResolver",
                "Lookup",
                "NioClient",
                "NioUdpClient",
                "NioTcpClient",
                "ZoneTransferIn",
                "Zone",
                "Cache",
                "ResolverConfig");

        Networking() {
            super("reach a network or watch files");
        }

        @Override
        public boolean test(JavaClass each) {
            String name = each.getName();
            return PACKAGES.stream().anyMatch(outside -> name.startsWith(outside + "."))
                    || JDK_TYPES.contains(name)
                    || DNSJAVA_TYPES.stream().anyMatch(type -> name.equals("org.xbill.DNS." + type));
        }
    }
}
