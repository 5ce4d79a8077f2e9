package dev.waypost.kubernetes.warm;

import dev.waypost.kubernetes.model.Endpoint;
import dev.waypost.kubernetes.model.EndpointFacts;
import dev.waypost.kubernetes.model.EndpointSlice;
import dev.waypost.kubernetes.model.ExternalAddresses;
import dev.waypost.kubernetes.model.Identity;
import dev.waypost.kubernetes.model.IpAddress;
import dev.waypost.kubernetes.model.Namespace;
import dev.waypost.kubernetes.model.Pod;
import dev.waypost.kubernetes.model.Port;
import dev.waypost.kubernetes.model.Service;
import dev.waypost.kubernetes.snapshot.ClusterObjects;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Writes objects field by field, in the order in which {@link ObjectReader} reads them. */
record ObjectWriter(DataOutputStream out) {
    void write(ClusterObjects objects) throws IOException {
        all(objects.namespaces(), this::namespace);
        all(objects.services(), this::service);
        all(objects.slices(), this::slice);
        all(objects.pods(), this::pod);
    }

    @FunctionalInterface
    private interface Part<T> {
        void write(T part) throws IOException;
    }

    private <T> void all(List<T> parts, Part<T> part) throws IOException {
        out.writeInt(parts.size());
        for (T each : parts) {
            part.write(each);
        }
    }

    private void namespace(Namespace namespace) throws IOException {
        out.writeUTF(namespace.name());
    }

    private void identity(Identity identity) throws IOException {
        out.writeUTF(identity.key().namespace());
        out.writeUTF(identity.key().name());
        out.writeUTF(identity.uid());
        out.writeUTF(identity.version());
    }

    private void service(Service service) throws IOException {
        identity(service.identity());
        out.writeUTF(service.form().name());
        all(service.clusterIps(), this::address);
        out.writeUTF(service.externalName());
        all(service.ports(), this::port);
        out.writeBoolean(service.selector());
        ExternalAddresses external = service.external();
        all(external.ips(), this::address);
        all(external.hostnames(), name -> out.writeUTF(name.toString()));
    }

    private void slice(EndpointSlice slice) throws IOException {
        identity(slice.identity());
        out.writeUTF(slice.service());
        out.writeUTF(slice.cluster());
        all(slice.ports(), this::port);
        all(slice.endpoints(), this::endpoint);
        all(slice.facts(), this::facts);
    }

    private void pod(Pod pod) throws IOException {
        identity(pod.identity());
        all(pod.addresses(), this::address);
        out.writeInt(pod.labels().size());
        for (Map.Entry<String, String> label : pod.labels().entrySet()) {
            out.writeUTF(label.getKey());
            out.writeUTF(label.getValue());
        }
    }

    private void facts(EndpointFacts facts) throws IOException {
        all(facts.addresses(), this::address);
        out.writeBoolean(facts.ready());
        out.writeBoolean(facts.serving());
        out.writeBoolean(facts.terminating());
        out.writeUTF(facts.zone());
        out.writeUTF(facts.node());
        out.writeUTF(facts.pod());
        all(facts.hintedZones(), out::writeUTF);
    }

    private void endpoint(Endpoint endpoint) throws IOException {
        all(endpoint.addresses(), this::address);
        out.writeUTF(endpoint.hostname());
        out.writeUTF(endpoint.podName());
        out.writeUTF(endpoint.zone());
    }

    private void address(IpAddress address) throws IOException {
        out.writeByte(address.length());
        out.write(address.octets());
    }

    private void port(Port port) throws IOException {
        out.writeUTF(port.name());
        out.writeUTF(port.protocol());
        out.writeInt(port.number());
    }
}
