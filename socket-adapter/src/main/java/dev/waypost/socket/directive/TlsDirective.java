package dev.waypost.socket.directive;

import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.DirectiveFactory;
import dev.waypost.corefile.Statement;
import dev.waypost.corefile.Token;
import dev.waypost.socket.ListenerSettings;
import dev.waypost.socket.tls.ClientAuthentication;
import dev.waypost.socket.tls.ServerTls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * {@code tls CERT KEY [CA] { client_auth POLICY; reload DURATION }}: what the block's {@code tls://} listen points prove
 * themselves by.
 */
public final class TlsDirective implements DirectiveFactory {
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

    /** For {@link java.util.ServiceLoader}. */
    public TlsDirective() {}

    @Override
    public String name() {
        return "tls";
    }

    @Override
    public void configure(Statement directive, BlockContext block) {
        List<Token> files = directive.arguments();
        if (files.size() < 2 || files.size() > 3) {
            throw directive.keyword().fault("'tls' wants CERT KEY [CA], found " + files.size() + " arguments");
        }
        ClientAuthentication clients = ClientAuthentication.NONE;
        Duration interval = LOOK_AGAIN;
        for (Statement option : directive.block()) {
            option.wantNoBlock();
            switch (option.name()) {
                case "client_auth" -> clients = clients(option);
                case "reload" ->
                    interval = option.onlyArgument("a duration as 1m, or 0").duration("reload");
                case "keylog" -> throw option.keyword().fault("'keylog' cannot be had: the JDK tells no TLS secrets");
                case "acme" -> throw option.notYetIn(directive);
                default -> throw option.unknownIn(directive);
            }
        }
        Optional<Path> authorities = files.size() == 3 ? Optional.of(block.path(files.get(2))) : Optional.empty();
        ServerTls tls = ServerTls.of(block.path(files.get(0)), block.path(files.get(1)), clients, authorities);
        block.attach(ListenerSettings.later(block::listenPoints, options -> options.withTls(tls)));
        block.metrics(tls);
        if (!interval.isZero()) {
            block.every(tls.refreshing(interval));
        }
    }

    private static ClientAuthentication clients(Statement option) {
        String wanted = "nocert, request, require, verify_if_given or require_and_verify";
        Token policy = option.onlyArgument(wanted);
        return switch (policy.text()) {
            case "nocert" -> ClientAuthentication.NONE;
            case "request" -> ClientAuthentication.REQUESTED;
            case "require" -> ClientAuthentication.REQUIRED;
            case "verify_if_given" -> ClientAuthentication.VERIFIED_IF_GIVEN;
            case "require_and_verify" -> ClientAuthentication.REQUIRED_AND_VERIFIED;
            default -> throw policy.unexpected("client_auth", wanted);
        };
    }
}
