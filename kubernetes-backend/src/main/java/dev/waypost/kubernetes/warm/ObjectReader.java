package dev.waypost.kubernetes.warm;

import dev.waypost.kubernetes.model.Endpoint;
import dev.waypost.kubernetes.model.EndpointFacts;
import dev.waypost.kubernetes.model.EndpointSlice;
import dev.waypost.kubernetes.model.ExternalAddresses;
import dev.waypost.kubernetes.model.Identity;
import dev.waypost.kubernetes.model.IpAddress;
import dev.waypost.kubernetes.model.Namespace;
import dev.waypost.kubernetes.model.ObjectKey;
import dev.waypost.kubernetes.model.Pod;
import dev.waypost.kubernetes.model.Port;
import dev.waypost.kubernetes.model.Service;
import dev.waypost.kubernetes.snapshot.ClusterObjects;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.xbill.DNS.Name;

/** Reads objects as {@link ObjectWriter} writes them. */
record ObjectReader(DataInputStream in) {
    ClusterObjects read() throws IOException {
        return new ClusterObjects(all(this::namespace), all(this::service), all(this::slice), all(this::pod));
    }

    @FunctionalInterface
    private interface Part<T> {
        T read() throws IOException;
    }

    /** A count is only a promise: nothing is made by it before its parts are there. */
    private <T> List<T> all(Part<T> part) throws IOException {
        List<T> parts = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            parts.add(part.read());
        }
        return parts;
    }

    /** One object for all texts that say the same, as in objects that come from the API. */
    private String text() throws IOException {
        return in.readUTF().intern();
    }

    private Namespace namespace() throws IOException {
        return Namespace.implied(text());
    }

    private Identity identity() throws IOException {
        return new Identity(new ObjectKey(text(), text()), in.readUTF(), in.readUTF());
    }

    private Service service() throws IOException {
        return new Service(
                identity(),
                Service.Form.valueOf(text()),
                all(this::address),
                in.readUTF(),
                all(this::port),
                in.readBoolean(),
                external());
    }

    private ExternalAddresses external() throws IOException {
        ExternalAddresses read =
                new ExternalAddresses(all(this::address), all(() -> Name.fromString(in.readUTF(), Name.root)));
        return read.isEmpty() ? ExternalAddresses.NONE : read;
    }

    private EndpointSlice slice() throws IOException {
        return new EndpointSlice(
                identity(),
                text(),
                text(),
                all(this::port),
                all(this::endpoint),
                all(this::facts),
                EndpointSlice.UNTOLD);
    }

    /** A pod whose deletion is under way was known before it, and keeps its name to the end. */
    private Pod pod() throws IOException {
        Identity identity = identity();
        List<IpAddress> addresses = all(this::address);
        Map<String, String> labels = new HashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            labels.put(text(), text());
        }
        return new Pod(identity, addresses, false, labels);
    }

    private EndpointFacts facts() throws IOException {
        return new EndpointFacts(
                all(this::address),
                in.readBoolean(),
                in.readBoolean(),
                in.readBoolean(),
                text(),
                text(),
                text(),
                all(this::text));
    }

    private Endpoint endpoint() throws IOException {
        return new Endpoint(all(this::address), text(), text(), text());
    }

    private IpAddress address() throws IOException {
        byte[] octets = new byte[in.readUnsignedByte()];
        in.readFully(octets);
        return IpAddress.of(octets);
    }

    private Port port() throws IOException {
        return new Port(text(), text(), in.readInt());
    }
}
