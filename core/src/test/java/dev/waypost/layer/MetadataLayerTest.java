package dev.waypost.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Fallthrough;
import dev.waypost.Layer;
import dev.waypost.Metadata;
import dev.waypost.MetadataSource;
import dev.waypost.Query;
import dev.waypost.Resolver;
import dev.waypost.testing.LayerContract;
import dev.waypost.testing.Zones;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

class MetadataLayerTest implements LayerContract {
    private static final Query QUESTION = Query.of(Zones.name("www.example.org"), Type.A);

    @Override
    public Layer layer() {
        return new MetadataLayer((label, query) -> Optional.of(label));
    }

    private static Query below(MetadataSource source, Query query) {
        List<Query> seen = new ArrayList<>();
        Resolver noting = each -> {
            seen.add(each);
            return Fallthrough.FALLTHROUGH;
        };
        new MetadataLayer(source).over(noting).resolve(query);
        assertThat(seen).hasSize(1);
        return seen.get(0);
    }

    @Test
    void whatStandsBelowMayAskForLabels() {
        MetadataSource source = (label, query) ->
                label.equals("test/name") ? Optional.of(query.qname().toString()) : Optional.empty();
        Metadata labels = below(source, QUESTION).metadata();
        assertThat(labels.value("test/name")).contains("www.example.org.");
        assertThat(labels.value("test/other")).isEmpty();
    }

    @Test
    void labelsAreMadeWhenSomebodyAsksAndNotBefore() {
        AtomicInteger made = new AtomicInteger();
        MetadataSource source = (label, query) -> Optional.of(Integer.toString(made.incrementAndGet()));
        Query query = below(source, QUESTION);
        assertThat(made).hasValue(0);
        assertThat(query.metadata().value("test/count")).contains("1");
    }

    @Test
    void labelsStayThoseOfTheClientsQuestion() {
        MetadataSource source = (label, query) -> Optional.of(query.qname() + " " + Type.string(query.qtype()));
        Query rewritten = below(source, QUESTION)
                .withQname(Zones.name("rewritten.example.org"))
                .withQtype(Type.AAAA);
        assertThat(rewritten.metadata().value("test/question")).contains("www.example.org. A");
        Query target = rewritten.following(Zones.name("target.example.net"));
        assertThat(below((label, query) -> Optional.of("another block's"), target)
                        .metadata()
                        .value("test/question"))
                .contains("www.example.org. A");
    }

    @Test
    void aQueryThatNobodyCollectsLabelsForHasNone() {
        assertThat(QUESTION.metadata()).isSameAs(Metadata.NONE);
        assertThat(Metadata.NONE.value("test/name")).isEmpty();
    }
}
