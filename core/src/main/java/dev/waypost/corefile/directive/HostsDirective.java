package dev.waypost.corefile.directive;

import dev.waypost.PeriodicTask;
import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.DirectiveFactory;
import dev.waypost.corefile.Statement;
import dev.waypost.corefile.Token;
import dev.waypost.zone.HostsResolver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.xbill.DNS.Address;

/**
 * {@code hosts [FILE [ZONES...]] { ADDRESS NAME...; ttl SECONDS; no_reverse; reload DURATION; fallthrough [ZONES...];
 * fallthrough_unsupported }}: names from lines as in /etc/hosts.
 */
public final class HostsDirective implements DirectiveFactory {
    private static final Path DEFAULT_FILE = Path.of("/etc/hosts");
    private static final Duration DEFAULT_RELOAD = Duration.ofSeconds(5);
    private static final int MOST_TTL_SECONDS = 65_535; // CoreDNS's bound

    @Override
    public String name() {
        return "hosts";
    }

    @Override
    public void configure(Statement directive, BlockContext block) {
        List<Token> arguments = directive.arguments();
        Path file = arguments.isEmpty() ? DEFAULT_FILE : block.path(arguments.get(0));
        HostsResolver.Builder hosts = HostsResolver.builder()
                .file(file)
                .zones(block.zonesOf(arguments.subList(Math.min(1, arguments.size()), arguments.size())));
        Duration reload = DEFAULT_RELOAD;
        for (Statement option : directive.block()) {
            option.wantNoBlock();
            switch (option.name()) {
                case "reload" -> reload = option.onlyArgument("a duration").duration("reload");
                case "ttl" -> hosts.ttlSeconds(option.onlyArgument("seconds").number("ttl", 1, MOST_TTL_SECONDS));
                case "no_reverse" -> {
                    option.wantNoArguments();
                    hosts.reverse(false);
                }
                case "fallthrough" -> hosts.fallthrough(FallthroughOption.of(option, block));
                case "fallthrough_unsupported" -> {
                    option.wantNoArguments();
                    hosts.unsupportedFallThrough(true);
                }
                default -> hosts.line(line(option, directive));
            }
        }
        HostsFile lines = new HostsFile(file, hosts.build());
        block.resolver(lines.resolver());
        block.metrics(lines);
        if (!reload.isZero()) {
            block.every(new PeriodicTask("hosts " + file, reload, lines::reload));
        }
    }

    /** An option that begins with an address is a line of its own. */
    private static String line(Statement option, Statement directive) {
        if (!isAddress(option.name())) {
            throw option.unknownIn(directive);
        }
        if (option.arguments().isEmpty()) {
            throw option.keyword().fault("'" + option.name() + "' wants a host name, found nothing");
        }
        for (Token name : option.arguments()) {
            if (!name.text().matches("[^\\s#]+")) {
                throw name.unexpected(option.name(), "a host name");
            }
            name.name(option.name());
        }
        return option.name() + option.arguments().stream().map(Token::text).collect(Collectors.joining(" ", " ", ""));
    }

    private static boolean isAddress(String text) {
        return Address.toByteArray(text, Address.IPv4) != null || Address.toByteArray(text, Address.IPv6) != null;
    }
}
