package dev.waypost.corefile;

import dev.waypost.Layer;
import dev.waypost.RecordSet;
import dev.waypost.Response;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.xbill.DNS.DClass;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/**
 * A directive of any name which stands in for one of another module: it accepts everything, and as a layer it signs every
 * answer that passes it, so that a test reads the order of the chain in the answer.
 *
 * @param name the keyword
 * @param before where a keyword stands that CoreDNS has not
 */
record NamedDirective(String name, String before) implements DirectiveFactory {
    NamedDirective(String name) {
        this(name, "forward");
    }

    @Override
    public void configure(Statement directive, BlockContext block) {
        String signature = Stream.concat(
                        Stream.of(name), directive.arguments().stream().map(Token::text))
                .reduce((a, b) -> a + " " + b)
                .orElse(name);
        block.layer(signing(signature));
    }

    private static Layer signing(String signature) {
        return next -> query -> next.resolve(query).map(response -> signed(response, signature));
    }

    private static Response signed(Response response, String signature) {
        List<RecordSet> more = Stream.concat(response.additional().stream(), Stream.of(text(signature)))
                .toList();
        return response.withAdditional(more);
    }

    private static RecordSet text(String signature) {
        return RecordSet.of(new TXTRecord(org.xbill.DNS.Name.root, DClass.IN, 0, signature));
    }

    /** What signed a response, the innermost first. */
    static List<String> signatures(Response response) {
        return response.additional().stream()
                .filter(set -> set.type() == Type.TXT)
                .map(set ->
                        ((TXTRecord) set.records().get(0)).getStrings().get(0).toString())
                .toList();
    }

    /** One of each name. */
    static List<DirectiveFactory> all(String... names) {
        return Arrays.stream(names).<DirectiveFactory>map(NamedDirective::new).toList();
    }
}
