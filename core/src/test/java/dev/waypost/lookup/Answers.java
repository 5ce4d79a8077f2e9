package dev.waypost.lookup;

import dev.waypost.Pending;
import dev.waypost.Query;
import dev.waypost.RecordSet;
import dev.waypost.Resolution;
import dev.waypost.Resolver;
import dev.waypost.Response;
import dev.waypost.zone.Witness;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * Names with answers that a test changes; a change ends what was said before. {@code zone.} is held in memory, everything
 * else is the root's, and only what a test puts into {@code later} is answered there.
 */
final class Answers implements Resolver, ZoneView {
    private static final Name ZONE = Name.fromConstantString("zone.");

    /** What was asked, as {@code name type}. */
    final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    /** Answers that come when a test completes them, by {@code name type}. */
    final Map<String, CompletableFuture<Resolution>> later = new ConcurrentHashMap<>();

    private final Map<String, Response> said = new ConcurrentHashMap<>();
    private final Map<String, Witness> witnesses = new ConcurrentHashMap<>();
    volatile boolean observed;
    volatile boolean rootIsHeld = true;
    volatile Runnable whenAsked = () -> {};

    private static String key(String name, int qtype) {
        return name + " " + Type.string(qtype);
    }

    /** The records of a name and type from now on; none makes it NXDOMAIN. */
    void put(String name, int qtype, String... rdata) {
        change(name, qtype, witness -> {
            if (rdata.length == 0) {
                said.remove(key(name, qtype));
            } else {
                said.put(key(name, qtype), Response.answer(witness, set(name, qtype, rdata)));
            }
        });
    }

    /** The present answer, changed, from now on. */
    void edit(String name, int qtype, UnaryOperator<Response> edit) {
        change(
                name,
                qtype,
                witness -> said.compute(
                        key(name, qtype),
                        (key, before) -> edit.apply(before == null ? missing(witness) : before)
                                .withFreshness(witness)));
    }

    /** An answer as it is, with a freshness of its own. */
    void say(String name, int qtype, Response response) {
        change(name, qtype, witness -> said.put(key(name, qtype), response));
    }

    private void change(String name, int qtype, Consumer<Witness> publish) {
        Witness next = new Witness();
        Witness old = witness(name, qtype);
        publish.accept(next);
        witnesses.put(key(name, qtype), next);
        old.breakNow();
    }

    private Witness witness(String name, int qtype) {
        return witnesses.computeIfAbsent(key(name, qtype), absent -> new Witness());
    }

    private static Response missing(Witness witness) {
        return Response.empty(Rcode.NXDOMAIN, witness);
    }

    static RecordSet set(String name, int qtype, String... rdata) {
        Name owner = Name.fromConstantString(name);
        return RecordSet.of(
                Arrays.stream(rdata).map(each -> record(owner, qtype, each)).toList());
    }

    private static Record record(Name owner, int qtype, String rdata) {
        try {
            return Record.fromString(owner, qtype, DClass.IN, 30, rdata, Name.root);
        } catch (IOException unusable) {
            throw new IllegalArgumentException(rdata, unusable);
        }
    }

    @Override
    public Resolution resolve(Query query) {
        String key = key(query.qname().toString(), query.qtype());
        asked.add(key);
        CompletableFuture<Resolution> slow = later.get(key);
        if (slow != null) {
            return Pending.on(slow);
        }
        Witness witness = witness(query.qname().toString(), query.qtype());
        Response answer = said.get(key);
        whenAsked.run();
        return answer != null ? answer : missing(witness);
    }

    @Override
    public boolean holds(Name qname) {
        return rootIsHeld || qname.subdomain(ZONE);
    }

    @Override
    public boolean leavesTheProcess(Name qname) {
        return !qname.subdomain(ZONE);
    }

    @Override
    public boolean isObserved(Name qname) {
        return observed;
    }
}
