package dev.waypost.socket.transfer;

import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.DirectiveFactory;
import dev.waypost.corefile.Statement;
import dev.waypost.corefile.Token;
import dev.waypost.tsig.TsigKey;
import dev.waypost.zone.FallthroughZones;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.Name;

/**
 * {@code secondary [ZONES...] { transfer from ADDRESS...; key NAME; fallthrough [ZONES...] }}: copies of zones from their
 * primaries.
 */
public final class SecondaryDirective implements DirectiveFactory {
    /** As CoreDNS waits for other sources at its start: copies that arrive in time are there for the first question. */
    private static final Duration STARTUP_TIMEOUT = Duration.ofSeconds(5);

    private final Duration startupTimeout;

    /** For {@link java.util.ServiceLoader}. */
    public SecondaryDirective() {
        this(STARTUP_TIMEOUT);
    }

    SecondaryDirective(Duration startupTimeout) {
        this.startupTimeout = startupTimeout;
    }

    @Override
    public String name() {
        return "secondary";
    }

    @Override
    public void configure(Statement directive, BlockContext block) {
        SecondaryZones.Builder copies = SecondaryZones.builder().kept(block.shared(KeptZones.class, KeptZones::new));
        block.zonesOf(directive.arguments()).forEach(copies::zone);
        boolean hasPrimary = false;
        for (Statement option : directive.block()) {
            option.wantNoBlock();
            switch (option.name()) {
                case "transfer" -> {
                    primaries(option).forEach(primary -> copies.primary(PeerAddress.of(primary)));
                    hasPrimary = true;
                }
                case "key" -> copies.key(key(option.onlyArgument("the name of a key of 'tsig'"), block));
                case "fallthrough" -> copies.fallthrough(fallthrough(option, block));
                case "catalog" -> throw option.notYetIn(directive);
                default -> throw option.unknownIn(directive);
            }
        }
        if (!hasPrimary) {
            throw directive.keyword().fault("'secondary' wants 'transfer from ADDRESS...', found none");
        }
        add(copies.build(), block);
    }

    private void add(SecondaryZones copies, BlockContext block) {
        block.backend(copies);
        block.metrics(copies);
        block.startupTimeout(startupTimeout);
        block.inBlock(Copies.class, () -> {
                    Copies all = new Copies(new ArrayList<>());
                    block.notified(new SecondaryListener(all.list()));
                    return all;
                })
                .list()
                .add(copies);
    }

    private static List<Token> primaries(Statement option) {
        List<Token> words = option.arguments();
        if (words.isEmpty() || !words.get(0).text().equals("from")) {
            throw (words.isEmpty() ? option.keyword() : words.get(0))
                    .fault("'transfer' of 'secondary' wants \"from\" and addresses behind it");
        }
        if (words.size() == 1) {
            throw words.get(0).fault("'transfer from' wants at least one address, found none");
        }
        return words.subList(1, words.size());
    }

    /** A key of the block's {@code tsig}. */
    static TsigKey key(Token word, BlockContext block) {
        Name name = word.name("key");
        return block.tsig()
                .find(name)
                .orElseThrow(() -> word.fault(
                        "'key' wants a key that 'tsig' of this server block defines, found \"" + word.text() + "\""));
    }

    private static FallthroughZones fallthrough(Statement option, BlockContext block) {
        return option.arguments().isEmpty()
                ? FallthroughZones.ALL
                : new FallthroughZones(block.zonesOf(option.arguments()));
    }

    /** The copies of all {@code secondary} of a server block. */
    private record Copies(List<SecondaryZones> list) {}
}
