package dev.waypost.jvm;

import dev.waypost.Freshness;
import dev.waypost.RecordSet;
import dev.waypost.Response;
import dev.waypost.engine.DnsEngine;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** Installs an engine, looks a service up, scales it, and looks it up again. */
final class ScalingProgram {
    private static final String HOST = "web.shop.example";
    private static final List<byte[]> ADDRESSES = new ArrayList<>(List.of(new byte[] {(byte) 192, 0, 2, 1}));

    private ScalingProgram() {}

    public static void main(String[] arguments) throws Exception {
        List<String> before = List.of(arguments);
        if (before.contains("look-up-first")) {
            InetAddress.getByName("localhost");
        }
        if (before.contains("read-cache-settings-first")) {
            // The first caller reads the settings, whoever it is; the JDK itself is that caller at the first look-up.
            Class.forName("sun.net.InetAddressCachePolicy").getMethod("get").invoke(null);
        }
        try (DnsEngine engine = DnsEngine.builder()
                .resolver(
                        Name.fromConstantString("shop.example."),
                        query -> query.qtype() == Type.A
                                ? Response.answer(
                                        Freshness.never(), RecordSet.ofRdata(query.qname(), Type.A, 5, ADDRESSES))
                                : Response.empty(Rcode.NOERROR, Freshness.never()))
                .build()
                .start()) {
            System.out.println(WaypostJvm.install(engine));
            lookUp();
            ADDRESSES.add(new byte[] {(byte) 192, 0, 2, 2});
            lookUp();
        }
    }

    private static void lookUp() {
        try {
            System.out.println(Arrays.stream(InetAddress.getAllByName(HOST))
                    .map(InetAddress::getHostAddress)
                    .toList());
        } catch (UnknownHostException unknown) {
            System.out.println("unknown");
        }
    }
}
