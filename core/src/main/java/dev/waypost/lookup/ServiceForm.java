package dev.waypost.lookup;

import dev.waypost.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Type;

/** SRV records with the addresses of their targets. */
enum ServiceForm implements RecordsForm<List<ServiceInstance>> {
    INSTANCE;

    @Override
    public List<Integer> qtypes() {
        return List.of(Type.SRV);
    }

    @Override
    public @Nullable List<ServiceInstance> read(List<Response> responses) {
        Response response = responses.get(0);
        List<ServiceInstance> instances = response.answer().stream()
                .filter(set -> set.type() == Type.SRV)
                .flatMap(set -> set.records().stream())
                .map(record -> instance((SRVRecord) record, response))
                .toList();
        return instances.isEmpty() ? null : instances;
    }

    private static ServiceInstance instance(SRVRecord srv, Response response) {
        return new ServiceInstance(
                srv.getTarget(),
                srv.getPort(),
                srv.getPriority(),
                srv.getWeight(),
                AddressForm.addressesIn(
                        response.additional().stream().filter(set -> set.owner().equals(srv.getTarget()))));
    }

    @Override
    public String toString() {
        return "services";
    }
}
