package dev.waypost.corefile.directive;

import dev.waypost.Edns;
import dev.waypost.Exchange;
import dev.waypost.MetadataSource;
import dev.waypost.Query;
import dev.waypost.corefile.BlockContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.xbill.DNS.Name;

/** The labels of a server block, told for the zones that its {@code metadata} directives name and for no others. */
final class BlockMetadata implements MetadataSource {
    // Bits of the header's second word: RFC 1035 section 4.1.1, RFC 4035 section 3.2.2.
    private static final int RD = 0x0100;
    private static final int CD = 0x0010;

    private final MetadataSource all;
    private final List<Name> zones = new ArrayList<>();

    private BlockMetadata(MetadataSource all) {
        this.all = all;
    }

    /** The one of a block. */
    static BlockMetadata of(BlockContext block) {
        return block.inBlock(BlockMetadata.class, () -> new BlockMetadata(block.metadata()));
    }

    /** Tells the labels of names in these zones; while a block is planned. */
    void tell(List<Name> more) {
        zones.addAll(more);
    }

    /** The value of a label for a reply: what the one who answered told of it comes first. */
    Optional<String> value(String label, Exchange exchange) {
        if (!isTold(exchange.qname())) {
            return Optional.empty();
        }
        if (label.equals("log/class")) {
            return Optional.of(ReplyClass.of(exchange).name().toLowerCase(Locale.ROOT));
        }
        String told = exchange.labels().get(label);
        return told != null ? Optional.of(told) : all.value(label, question(exchange));
    }

    /** The question of a reply: a replayed one has no other left. */
    private static Query question(Exchange exchange) {
        Edns edns = new Edns(false, exchange.udpPayloadSize(), exchange.dnssecOk(), List.of());
        return new Query(
                exchange.qname(),
                exchange.qtype(),
                exchange.qclass(),
                (exchange.replyFlags() & RD) != 0,
                (exchange.replyFlags() & CD) != 0,
                edns,
                exchange.client(),
                0,
                List.of());
    }

    private boolean isTold(Name qname) {
        return zones.stream().anyMatch(qname::subdomain);
    }

    @Override
    public Optional<String> value(String label, Query query) {
        return isTold(query.qname()) ? all.value(label, query) : Optional.empty();
    }
}
