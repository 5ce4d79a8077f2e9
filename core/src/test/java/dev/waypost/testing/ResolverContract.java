package dev.waypost.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Fallthrough;
import dev.waypost.Query;
import dev.waypost.Resolution;
import dev.waypost.Resolver;
import dev.waypost.Response;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** What every resolver keeps. A test class of a resolver implements this and gets its tests. */
public interface ResolverContract {
    /** A resolver that can answer, the same at every call within one test. */
    Resolver resolver();

    /** A question that is answered NOERROR with records. */
    Query answerable();

    @Test
    default void answerableQuestionIsAnswered() {
        Response response = DnsAssertions.response(resolver().resolve(answerable()));
        DnsAssertions.assertThat(response).hasRcode(Rcode.NOERROR);
        assertThat(response.answer()).isNotEmpty();
    }

    @Test
    default void answerBeginsWithTheNameAskedFor() {
        Response response = DnsAssertions.response(resolver().resolve(answerable()));
        assertThat(response.answer().get(0).owner()).isEqualTo(answerable().qname());
    }

    @Test
    default void letterCaseOfTheQuestionDoesNotMatter() {
        Query loud = answerable()
                .withQname(Zones.name(answerable().qname().toString().toUpperCase(Locale.ROOT)));
        Response one = DnsAssertions.response(resolver().resolve(loud));
        Response other = DnsAssertions.response(resolver().resolve(answerable()));
        assertThat(one.rcode()).isEqualTo(other.rcode());
        assertThat(one.answer()).hasSameSizeAs(other.answer());
    }

    @Test
    default void oddQuestionsAreValuesNeverExceptions() {
        for (int qtype : new int[] {0, Type.OPT, Type.TSIG, Type.AXFR, Type.ANY, 65280, 65535}) {
            assertSettles(answerable().withQtype(qtype));
        }
        for (int qclass : new int[] {0, DClass.CH, DClass.NONE, DClass.ANY, 65535}) {
            Query query = answerable();
            assertSettles(new Query(
                    query.qname(),
                    query.qtype(),
                    qclass,
                    query.recursionDesired(),
                    query.checkingDisabled(),
                    query.edns(),
                    query.client(),
                    query.deadlineNanos(),
                    query.followed()));
        }
    }

    @Test
    default void additionalSectionHoldsNoOpt() {
        Response response = DnsAssertions.response(resolver().resolve(answerable()));
        assertThat(response.additional()).noneMatch(set -> set.type() == Type.OPT);
    }

    @Test
    default void manyThreadsAreAnswered() {
        Resolver shared = resolver();
        assertThat(IntStream.range(0, 200)
                        .parallel()
                        .mapToObj(i -> DnsAssertions.response(shared.resolve(answerable())))
                        .filter(each -> each.rcode() != Rcode.NOERROR))
                .isEmpty();
    }

    private void assertSettles(Query query) {
        Resolution settled = DnsAssertions.settled(resolver().resolve(query));
        assertThat(settled).isInstanceOfAny(Response.class, Fallthrough.class);
    }
}
