package dev.waypost.corefile.directive;

import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.DirectiveFactory;
import dev.waypost.corefile.Statement;
import dev.waypost.corefile.Token;
import dev.waypost.layer.ServerIdentity;
import java.util.stream.Collectors;

/** {@code nsid [DATA]}: the identifier of this server, for clients that ask for it (RFC 5001). */
public final class NsidDirective implements DirectiveFactory {
    @Override
    public String name() {
        return "nsid";
    }

    @Override
    public void configure(Statement directive, BlockContext block) {
        directive.wantNoBlock();
        String identifier = directive.arguments().isEmpty()
                ? HostName.own()
                : directive.arguments().stream().map(Token::text).collect(Collectors.joining(" "));
        try {
            block.layer(new ServerIdentity(identifier));
        } catch (IllegalArgumentException unusable) {
            throw directive.keyword().fault("'nsid': " + unusable.getMessage());
        }
    }
}
