package dev.waypost.lookup;

import dev.waypost.Query;
import dev.waypost.RecordSet;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Name;
import org.xbill.DNS.ReverseMap;

/**
 * What a program wants to know: one value for every way of asking - now, later, and whenever it changes. Immutable.
 *
 * <p>Two questions are equal when they ask for the same; how long and how fresh an answer may be is not part of that.
 *
 * @param <T> what the answer holds
 */
public final class Question<T> {
    private final String text;
    private final Form<T> form;
    private final Duration patience;
    private final Optional<Duration> mostStale;

    private Question(String text, Form<T> form, Duration patience, Optional<Duration> mostStale) {
        this.text = text;
        this.form = form;
        this.patience = patience;
        this.mostStale = mostStale;
    }

    private static <T> Question<T> of(String text, Form<T> form) {
        return new Question<>(text, form, Query.DEFAULT_TIMEOUT, Optional.empty());
    }

    /**
     * The addresses of a host, IPv4 first.
     *
     * @param host a domain name, completed by the {@link SearchList} unless it ends in a dot; or an address literal
     */
    public static Question<List<InetAddress>> addresses(String host) {
        return addresses(host, AddressFamily.IPV4_FIRST);
    }

    /** The addresses of a host, of the families and in the order given. */
    public static Question<List<InetAddress>> addresses(String host, AddressFamily family) {
        return of(host, AddressForm.of(family));
    }

    /**
     * The instances of a service: its SRV records, targets and addresses joined (RFC 2782).
     *
     * @param service a domain name that owns SRV records, completed by the {@link SearchList} unless it ends in a dot
     */
    public static Question<List<ServiceInstance>> services(String service) {
        return of(service, ServiceForm.INSTANCE);
    }

    /**
     * The endpoints of a service with their attributes - ports, conditions, zone, node, pod, hints - also those that are not
     * ready. Asked of sources that know them, as a Kubernetes backend built with {@code endpointAttributes()}; no query is made.
     *
     * @param service a domain name, completed by the {@link SearchList} unless it ends in a dot
     */
    public static Question<List<Endpoint>> endpoints(String service) {
        return of(service, EndpointForm.INSTANCE);
    }

    /** The names that an address has: its PTR records. */
    public static Question<List<Name>> names(InetAddress address) {
        return of(ReverseMap.fromAddress(address).toString(), PointerForm.INSTANCE);
    }

    /**
     * The RRsets of an answer, an alias before what it leads to.
     *
     * @param name a domain name, completed by the {@link SearchList} unless it ends in a dot
     * @param qtype type code, 1..65535 (RFC 6895 section 3.1)
     */
    public static Question<List<RecordSet>> records(String name, int qtype) {
        return of(name, new RecordForm(qtype));
    }

    /**
     * The same, for a caller that waits no longer than this for whatever is not in memory; {@link Query#DEFAULT_TIMEOUT}
     * unless told.
     *
     * @param time more than zero
     */
    public Question<T> within(Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("a question wants more than no time, found " + time);
        }
        return new Question<>(text, form, time, mostStale);
    }

    /**
     * The same, for a caller to whom an answer is worth nothing whose source has been out of touch for longer than this:
     * it gets {@link Lookup.TooStale}. Without it a stale answer is {@link Lookup.Found} and says so.
     *
     * @param age zero or more
     */
    public Question<T> notStalerThan(Duration age) {
        if (age.isNegative()) {
            throw new IllegalArgumentException("an age wants zero or more, found " + age);
        }
        return new Question<>(text, form, patience, Optional.of(age));
    }

    String text() {
        return text;
    }

    Form<T> form() {
        return form;
    }

    Duration patience() {
        return patience;
    }

    Optional<Duration> mostStale() {
        return mostStale;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Question<?> that && text.equals(that.text) && form.equals(that.form);
    }

    @Override
    public int hashCode() {
        return 31 * text.hashCode() + form.hashCode();
    }

    @Override
    public String toString() {
        return form + " of " + text;
    }
}
