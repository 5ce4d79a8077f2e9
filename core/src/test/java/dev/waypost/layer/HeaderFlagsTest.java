package dev.waypost.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Layer;
import dev.waypost.Query;
import dev.waypost.Response;
import dev.waypost.layer.HeaderFlags.Change;
import dev.waypost.layer.HeaderFlags.Flag;
import dev.waypost.testing.DnsAssertions;
import dev.waypost.testing.LayerContract;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class HeaderFlagsTest implements LayerContract {
    @Override
    public Layer layer() {
        return new HeaderFlags(List.of(new Change(Flag.RD, false)), List.of(new Change(Flag.RA, true)));
    }

    private Response responses(Response below, Change... changes) {
        return DnsAssertions.response(
                new HeaderFlags(List.of(), List.of(changes)).over(any -> below).resolve(question()));
    }

    @Test
    void flagsOfResponsesAreSetAndCleared() {
        Response set = responses(
                answer().withAuthoritative(false),
                new Change(Flag.AA, true),
                new Change(Flag.RA, true),
                new Change(Flag.RD, true));
        assertThat(set.authoritative()).isTrue();
        assertThat(set.recursionAvailable()).isTrue();
        assertThat(set.envelope().recursionDesired()).contains(true);
        Response cleared =
                responses(set, new Change(Flag.AA, false), new Change(Flag.RA, false), new Change(Flag.RD, false));
        assertThat(cleared.authoritative()).isFalse();
        assertThat(cleared.recursionAvailable()).isFalse();
        assertThat(cleared.envelope().recursionDesired()).contains(false);
    }

    @Test
    void theLastChangeOfAFlagCounts() {
        assertThat(responses(answer(), new Change(Flag.RA, true), new Change(Flag.RA, false))
                        .recursionAvailable())
                .isFalse();
        assertThat(responses(answer(), new Change(Flag.RA, false), new Change(Flag.RA, true))
                        .recursionAvailable())
                .isTrue();
    }

    @Test
    void ofQueriesRecursionDesiredIsChangedForWhatStandsBelow() {
        AtomicReference<Query> below = new AtomicReference<>();
        List<Change> changes =
                List.of(new Change(Flag.RD, false), new Change(Flag.AA, true), new Change(Flag.RA, true));
        Response response = DnsAssertions.response(new HeaderFlags(changes, List.of())
                .over(query -> {
                    below.set(query);
                    return answer();
                })
                .resolve(question()));
        assertThat(question().recursionDesired()).isTrue();
        assertThat(below.get().recursionDesired()).isFalse();
        assertThat(response).isEqualTo(answer());
    }
}
