package dev.waypost.socket.transfer;

import dev.waypost.AddressBlock;
import dev.waypost.AddressBlocks;
import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.DirectiveFactory;
import dev.waypost.corefile.Statement;
import dev.waypost.corefile.Token;
import dev.waypost.socket.transfer.BlockTransfers.Grant;
import dev.waypost.tsig.TsigKey;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code transfer [ZONES...] { to ADDRESS...; key NAME...; source ADDRESS... }}: who may have the zones of a server block
 * whole, and is told when they change.
 */
public final class TransferDirective implements DirectiveFactory {
    private static final String ANYBODY = "*";

    private final NotifyPace pace;

    /** For {@link java.util.ServiceLoader}. */
    public TransferDirective() {
        this(NotifyPace.USUAL);
    }

    TransferDirective(NotifyPace pace) {
        this.pace = pace;
    }

    @Override
    public String name() {
        return "transfer";
    }

    @Override
    public void configure(Statement directive, BlockContext block) {
        BlockTransfers transfers = BlockTransfers.of(block, pace);
        List<Token> to = new ArrayList<>();
        Set<TsigKey> keys = new LinkedHashSet<>();
        for (Statement option : directive.block()) {
            option.wantNoBlock();
            switch (option.name()) {
                case "to" -> to.addAll(words(option, "an address, an address block, or *"));
                case "key" ->
                    words(option, "the name of a key of 'tsig'")
                            .forEach(word -> keys.add(SecondaryDirective.key(word, block)));
                case "source" -> words(option, "an address").forEach(word -> transfers.from(PeerAddress.literal(word)));
                default -> throw option.unknownIn(directive);
            }
        }
        if (to.isEmpty()) {
            throw directive.keyword().fault("'transfer' wants 'to ADDRESS...', found none");
        }
        Grant grant = grant(to, keys);
        block.zonesOf(directive.arguments()).forEach(zone -> transfers.add(zone, grant, directive.keyword()));
    }

    private static List<Token> words(Statement option, String wanted) {
        if (option.arguments().isEmpty()) {
            throw option.keyword().fault("'" + option.name() + "' wants " + wanted + ", found nothing");
        }
        return option.arguments();
    }

    private static Grant grant(List<Token> to, Set<TsigKey> keys) {
        List<AddressBlock> allowed = new ArrayList<>();
        List<NotifyTarget> told = new ArrayList<>();
        boolean anybody = false;
        Optional<TsigKey> signer = keys.stream().findFirst();
        for (Token word : to) {
            if (word.text().equals(ANYBODY)) {
                anybody = true;
            } else if (PeerAddress.isBlock(word)) {
                allowed.add(block(word));
            } else {
                InetSocketAddress address = PeerAddress.of(word);
                allowed.add(AddressBlock.of(address.getAddress()));
                told.add(new NotifyTarget(address, signer));
            }
        }
        return new Grant(
                anybody ? AddressBlocks.ALL : AddressBlocks.of(allowed),
                keys.stream().map(TsigKey::name).collect(Collectors.toUnmodifiableSet()),
                List.copyOf(told));
    }

    private static AddressBlock block(Token word) {
        try {
            return AddressBlock.parse(word.text());
        } catch (IllegalArgumentException unusable) {
            throw word.fault(String.valueOf(unusable.getMessage()));
        }
    }
}
