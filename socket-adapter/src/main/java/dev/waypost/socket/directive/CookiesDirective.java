package dev.waypost.socket.directive;

import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.DirectiveFactory;
import dev.waypost.corefile.Statement;
import dev.waypost.corefile.Token;
import dev.waypost.socket.ListenerSettings;
import dev.waypost.wire.policy.CookieSecret;
import dev.waypost.wire.policy.CookieSecrets;
import dev.waypost.wire.policy.ServerCookies;
import java.util.ArrayList;
import java.util.List;

/** {@code cookies { secret HEX...; require }}: DNS cookies (RFC 7873, 9018). CoreDNS has no such directive. */
public final class CookiesDirective implements DirectiveFactory {
    /** For {@link java.util.ServiceLoader}. */
    public CookiesDirective() {}

    @Override
    public String name() {
        return "cookies";
    }

    @Override
    public String before() {
        return "bind";
    }

    @Override
    public void configure(Statement directive, BlockContext block) {
        directive.wantNoArguments();
        List<CookieSecret> secrets = new ArrayList<>();
        boolean required = false;
        for (Statement option : directive.block()) {
            option.wantNoBlock();
            switch (option.name()) {
                case "secret" -> secrets.addAll(secrets(option));
                case "require" -> {
                    option.wantNoArguments();
                    required = true;
                }
                default -> throw option.unknownIn(directive);
            }
        }
        // Secrets of the host's own outlive a reload: what clients hold stays good.
        CookieSecrets known = secrets.isEmpty()
                ? block.shared(CookieSecrets.class, CookieSecrets::rolling)
                : CookieSecrets.of(secrets);
        ServerCookies cookies = ServerCookies.of(known).withRequired(required);
        block.attach(ListenerSettings.later(
                block::listenPoints,
                options -> options.withPolicy(options.policy().withCookies(cookies))));
    }

    private static List<CookieSecret> secrets(Statement option) {
        if (option.arguments().isEmpty()) {
            throw option.keyword().fault("'secret' wants 32 hexadecimal digits, found nothing");
        }
        List<CookieSecret> secrets = new ArrayList<>();
        for (Token digits : option.arguments()) {
            try {
                secrets.add(CookieSecret.of(digits.text()));
            } catch (IllegalArgumentException unreadable) {
                // What was found is not repeated: it may be most of a secret.
                throw digits.fault("'secret' wants 32 hexadecimal digits, found "
                        + digits.text().length() + " characters");
            }
        }
        return secrets;
    }
}
