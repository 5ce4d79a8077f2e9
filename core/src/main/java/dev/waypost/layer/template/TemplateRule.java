package dev.waypost.layer.template;

import dev.waypost.ExtendedError;
import dev.waypost.Query;
import dev.waypost.layer.pattern.LinearPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * Which queries are answered from templates, and with what.
 *
 * @param zones for names at or below one of these
 * @param qclass for this class; ANY for every class
 * @param qtype for this type; ANY for every type
 * @param patterns for names that one of these finds something in; none for every name
 * @param answer records of the ANSWER section
 * @param authority records of the AUTHORITY section
 * @param additional records of the ADDITIONAL section
 * @param rcode RCODE, 0..4095
 * @param extendedErrors why (RFC 8914)
 * @param fallthrough names at or below one of these go on to the next rule, and behind the last one to the next resolver,
 *     where no pattern fits; other names are SERVFAIL then
 */
public record TemplateRule(
        List<Name> zones,
        int qclass,
        int qtype,
        List<LinearPattern> patterns,
        List<TemplateText> answer,
        List<TemplateText> authority,
        List<TemplateText> additional,
        int rcode,
        List<ExtendedError> extendedErrors,
        List<Name> fallthrough) {
    public TemplateRule {
        zones = List.copyOf(zones);
        patterns = List.copyOf(patterns);
        answer = List.copyOf(answer);
        authority = List.copyOf(authority);
        additional = List.copyOf(additional);
        extendedErrors = List.copyOf(extendedErrors);
        fallthrough = List.copyOf(fallthrough);
    }

    /** A rule to describe: NOERROR without records for every name and type of the zones. */
    public static Builder builder(List<Name> zones) {
        return new Builder(zones);
    }

    /** The zone of the rule that holds the name of a query of its class and type. */
    Optional<Name> zoneOf(Query query) {
        boolean isClass = qclass == DClass.ANY || query.qclass() == DClass.ANY || query.qclass() == qclass;
        boolean isType = qtype == Type.ANY || query.qtype() == Type.ANY || query.qtype() == qtype;
        return isClass && isType
                ? zones.stream().filter(query.qname()::subdomain).findFirst()
                : Optional.empty();
    }

    /** What the first pattern that fits finds in a name. */
    Optional<LinearPattern.Match> match(String name) {
        if (patterns.isEmpty()) {
            return Optional.of(new LinearPattern.Match(List.of(name), Map.of()));
        }
        return patterns.stream().flatMap(pattern -> pattern.find(name).stream()).findFirst();
    }

    boolean fallsThrough(Name qname) {
        return fallthrough.stream().anyMatch(qname::subdomain);
    }

    /** Collects a rule; for one thread. */
    public static final class Builder {
        private final List<Name> zones;
        private final List<LinearPattern> patterns = new ArrayList<>();
        private final List<TemplateText> answer = new ArrayList<>();
        private final List<TemplateText> authority = new ArrayList<>();
        private final List<TemplateText> additional = new ArrayList<>();
        private final List<ExtendedError> extendedErrors = new ArrayList<>();
        private List<Name> fallthrough = List.of();
        private int qclass = DClass.IN;
        private int qtype = Type.ANY;
        private int rcode = Rcode.NOERROR;

        private Builder(List<Name> zones) {
            this.zones = zones;
        }

        /** For this class; {@link DClass#ANY} for every class. */
        public Builder qclass(int code) {
            qclass = code;
            return this;
        }

        /** For this type; {@link Type#ANY} for every type. */
        public Builder qtype(int code) {
            qtype = code;
            return this;
        }

        /** For names in which this finds something. */
        public Builder match(LinearPattern pattern) {
            patterns.add(pattern);
            return this;
        }

        /** Adds a record of the ANSWER section. */
        public Builder answer(TemplateText record) {
            answer.add(record);
            return this;
        }

        /** Adds a record of the AUTHORITY section. */
        public Builder authority(TemplateText record) {
            authority.add(record);
            return this;
        }

        /** Adds a record of the ADDITIONAL section. */
        public Builder additional(TemplateText record) {
            additional.add(record);
            return this;
        }

        /** Says this RCODE. */
        public Builder rcode(int code) {
            rcode = code;
            return this;
        }

        /** Says why. */
        public Builder extendedError(ExtendedError error) {
            extendedErrors.add(error);
            return this;
        }

        /** Lets names at or below these go on where no pattern fits. */
        public Builder fallthrough(List<Name> suffixes) {
            fallthrough = suffixes;
            return this;
        }

        /** Whether the rule says anything so far: a record, or an RCODE other than NOERROR. */
        public boolean saysSomething() {
            return !answer.isEmpty() || !authority.isEmpty() || rcode != Rcode.NOERROR;
        }

        /** The rule. */
        public TemplateRule build() {
            return new TemplateRule(
                    zones, qclass, qtype, patterns, answer, authority, additional, rcode, extendedErrors, fallthrough);
        }
    }
}
