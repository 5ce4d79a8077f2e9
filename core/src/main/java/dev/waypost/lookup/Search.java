package dev.waypost.lookup;

import dev.waypost.ExtendedError;
import dev.waypost.Freshness;
import dev.waypost.RecordSet;
import dev.waypost.Response;
import dev.waypost.Staleness;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * One walk through the names of a question: the first that holds what is asked for, or that cannot be decided, ends it.
 *
 * @param <T> what the answer holds
 */
final class Search<T> {
    private final Question<T> question;
    private final RecordsForm<T> form;
    private final List<Name> names;
    private final Form.Surroundings surroundings;

    Search(Question<T> question, RecordsForm<T> form, List<Name> names, Form.Surroundings surroundings) {
        this.question = question;
        this.form = form;
        this.names = names;
        this.surroundings = surroundings;
    }

    Eventual<Answered<T>> answer() {
        return from(0, new Answered<>(new Lookup.NoSuchName<>(names), Freshness.always()));
    }

    /**
     * Goes on with a name.
     *
     * @param soFar the outcome if nothing more is found
     */
    private Eventual<Answered<T>> from(int index, Answered<T> soFar) {
        if (index == names.size()) {
            return Eventual.of(soFar);
        }
        Name name = names.get(index);
        return surroundings
                .asking()
                .all(name, form.qtypes(), surroundings.beganNanos(), question.patience())
                .then(responses -> {
                    // A name missing here today may be there tomorrow, and then it comes before the one found.
                    Freshness freshness = soFar.freshness();
                    int ttl = soFar.ttlSeconds();
                    for (Response response : responses) {
                        freshness = freshness.and(response.freshness());
                        ttl = Math.min(ttl, leastTtl(response));
                    }
                    Lookup<T> end = end(name, responses);
                    if (end != null) {
                        return Eventual.of(new Answered<>(end, freshness, ttl));
                    }
                    Lookup<T> nothing = soFar.lookup() instanceof Lookup.NoSuchName && exists(responses)
                            ? new Lookup.NoData<>(name)
                            : soFar.lookup();
                    return from(index + 1, new Answered<>(nothing, freshness, ttl));
                });
    }

    private static int leastTtl(Response response) {
        return Stream.concat(response.answer().stream(), response.authority().stream())
                .mapToInt(RecordSet::ttlSeconds)
                .min()
                .orElse(Integer.MAX_VALUE);
    }

    /** What a name's answer comes to; null where the next name is to be asked. */
    private @Nullable Lookup<T> end(Name name, List<Response> responses) {
        for (Response response : responses) {
            if (response.rcode() != Rcode.NOERROR && response.rcode() != Rcode.NXDOMAIN) {
                return undecided(name, response);
            }
        }
        T value = form.read(responses);
        if (value != null) {
            return new Lookup.Found<>(value, name, staleness(responses));
        }
        Name target = outside(responses.get(0));
        return target == null ? null : new Lookup.Elsewhere<>(name, target);
    }

    private Lookup<T> undecided(Name name, Response response) {
        if (response == Asking.LATE) {
            return new Lookup.TimedOut<>(name, question.patience());
        }
        if (response.isOverloaded()) {
            return new Lookup.Overloaded<>(
                    name, response.extendedErrors().get(0).text());
        }
        for (ExtendedError error : response.extendedErrors()) {
            if (error.infoCode() == ExtendedError.NOT_READY) {
                return new Lookup.NotReady<>(name, error.text());
            }
        }
        String why = response.extendedErrors().isEmpty()
                ? Rcode.string(response.rcode())
                : response.extendedErrors().get(0).text();
        return new Lookup.Failed<>(name, response.rcode(), why);
    }

    private static Staleness staleness(List<Response> responses) {
        return responses.stream().map(Response::staleness).reduce(Staleness.FRESH, Staleness::and);
    }

    private static boolean exists(List<Response> responses) {
        return responses.stream().anyMatch(response -> response.rcode() == Rcode.NOERROR);
    }

    /** Where an alias chain ends, if the resolver holds no zone for that name. */
    private @Nullable Name outside(Response response) {
        List<RecordSet> answer = response.answer();
        if (answer.isEmpty() || answer.get(answer.size() - 1).type() != Type.CNAME) {
            return null;
        }
        CNAMERecord alias =
                (CNAMERecord) answer.get(answer.size() - 1).records().get(0);
        return surroundings.zones().holds(alias.getTarget()) ? null : alias.getTarget();
    }
}
