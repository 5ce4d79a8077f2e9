package dev.waypost.engine;

import dev.waypost.Client;
import dev.waypost.Edns;
import dev.waypost.ExtendedError;
import dev.waypost.Pending;
import dev.waypost.Query;
import dev.waypost.RecordSet;
import dev.waypost.Resolution;
import dev.waypost.Response;
import dev.waypost.Ticker;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Type;

/** Look-ups by text: goes through the search list and joins what belongs together. */
final class NameLookup {
    private final DnsEngine engine;
    private final SearchList search;
    private final Ticker ticker;

    NameLookup(DnsEngine engine, SearchList search, Ticker ticker) {
        this.engine = engine;
        this.search = search;
        this.ticker = ticker;
    }

    Lookup<List<InetAddress>> addresses(String host) {
        return search(
                host,
                List.of(Type.A, Type.AAAA),
                responses -> addressesIn(responses.stream().flatMap(response -> response.answer().stream())));
    }

    Lookup<List<ServiceInstance>> services(String service) {
        return search(service, List.of(Type.SRV), responses -> instances(responses.get(0)));
    }

    /** Reads a value from one response a type; empty where they hold none. */
    private interface Reading<T> {
        List<T> read(List<Response> responses);
    }

    private <T> Lookup<List<T>> search(String text, List<Integer> types, Reading<T> reading) {
        List<Name> candidates = search.candidates(text);
        long deadline = ticker.nanoTime() + Query.DEFAULT_TIMEOUT.toNanos();
        Name empty = null;
        for (Name candidate : candidates) {
            // A relative name that only the plain form would lead out of the engine is nobody's here.
            if (!engine.holds(candidate)) {
                continue;
            }
            List<Response> responses =
                    types.stream().map(type -> ask(candidate, type, deadline)).toList();
            Response undecided = undecided(responses);
            if (undecided != null) {
                return new Lookup.Failed<>(candidate, undecided.rcode(), reason(undecided));
            }
            List<T> values = reading.read(responses);
            if (!values.isEmpty()) {
                return new Lookup.Found<>(values, candidate, responses.get(0).staleness());
            }
            Name outside = outside(responses.get(0));
            if (outside != null) {
                return new Lookup.Elsewhere<>(candidate, outside);
            }
            boolean exists = responses.stream().anyMatch(response -> response.rcode() == Rcode.NOERROR);
            empty = empty == null && exists ? candidate : empty;
        }
        return empty == null ? new Lookup.NoSuchName<>(candidates) : new Lookup.NoData<>(empty);
    }

    private Response ask(Name qname, int qtype, long deadline) {
        Query query =
                new Query(qname, qtype, DClass.IN, true, false, Edns.NONE, Client.IN_PROCESS, deadline, List.of());
        Resolution resolution = engine.resolve(query);
        return resolution instanceof Response response ? response : awaited(resolution, deadline);
    }

    private Response awaited(Resolution resolution, long deadline) {
        if (!(resolution instanceof Pending pending)) {
            return Response.failure(Rcode.REFUSED);
        }
        try {
            Resolution settled =
                    pending.settled().toCompletableFuture().get(deadline - ticker.nanoTime(), TimeUnit.NANOSECONDS);
            return settled instanceof Response response ? response : Response.failure(Rcode.REFUSED);
        } catch (TimeoutException late) {
            return Response.failure(Rcode.SERVFAIL, ExtendedError.OTHER, "no answer in time");
        } catch (ExecutionException failure) {
            return Response.failure(Rcode.SERVFAIL, ExtendedError.OTHER, String.valueOf(failure.getCause()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Response.failure(Rcode.SERVFAIL, ExtendedError.OTHER, "interrupted");
        }
    }

    /** Where an alias chain ends, if the engine holds no zone for that name. */
    private @Nullable Name outside(Response response) {
        List<RecordSet> answer = response.answer();
        if (answer.isEmpty() || answer.get(answer.size() - 1).type() != Type.CNAME) {
            return null;
        }
        Record alias = answer.get(answer.size() - 1).records().get(0);
        Name target = ((CNAMERecord) alias).getTarget();
        return engine.holds(target) ? null : target;
    }

    private static @Nullable Response undecided(List<Response> responses) {
        return responses.stream()
                .filter(response -> response.rcode() != Rcode.NOERROR && response.rcode() != Rcode.NXDOMAIN)
                .findFirst()
                .orElse(null);
    }

    private static String reason(Response response) {
        return response.extendedErrors().isEmpty()
                ? Rcode.string(response.rcode())
                : response.extendedErrors().get(0).text();
    }

    private static List<InetAddress> addressesIn(Stream<RecordSet> sets) {
        List<InetAddress> addresses = new ArrayList<>();
        sets.filter(set -> set.type() == Type.A || set.type() == Type.AAAA).forEach(set -> {
            for (int i = 0; i < set.size(); i++) {
                addresses.add(address(set.owner(), set.rdata(i)));
            }
        });
        return addresses;
    }

    private static InetAddress address(Name owner, byte[] octets) {
        try {
            return InetAddress.getByAddress(owner.toString(true), octets);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("address RDATA of " + octets.length + " octets at " + owner, impossible);
        }
    }

    private static List<ServiceInstance> instances(Response response) {
        List<ServiceInstance> instances = new ArrayList<>();
        response.answer().stream()
                .filter(set -> set.type() == Type.SRV)
                .flatMap(set -> set.records().stream())
                .map(SRVRecord.class::cast)
                .forEach(srv -> instances.add(new ServiceInstance(
                        srv.getTarget(),
                        srv.getPort(),
                        srv.getPriority(),
                        srv.getWeight(),
                        addressesIn(response.additional().stream()
                                .filter(set -> set.owner().equals(srv.getTarget()))))));
        return instances;
    }
}
