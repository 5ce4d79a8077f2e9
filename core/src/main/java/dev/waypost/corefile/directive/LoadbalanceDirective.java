package dev.waypost.corefile.directive;

import dev.waypost.AddressBlock;
import dev.waypost.ConfigurationException;
import dev.waypost.PeriodicTask;
import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.DirectiveFactory;
import dev.waypost.corefile.Statement;
import dev.waypost.corefile.Token;
import dev.waypost.layer.AnswerRotation;
import dev.waypost.layer.PreferredAddresses;
import dev.waypost.layer.WeightedAddresses;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/**
 * {@code loadbalance [round_robin | weighted FILE] { reload DURATION; prefer CIDR... }}: the order of address records.
 */
public final class LoadbalanceDirective implements DirectiveFactory {
    private static final String POLICIES = "round_robin or weighted FILE";
    private static final Duration DEFAULT_RELOAD = Duration.ofSeconds(30);
    private static final RandomGenerator RANDOM =
            () -> ThreadLocalRandom.current().nextLong();

    @Override
    public String name() {
        return "loadbalance";
    }

    @Override
    public void configure(Statement directive, BlockContext block) {
        List<Token> arguments = directive.arguments();
        boolean weighted = !arguments.isEmpty() && arguments.get(0).text().equals("weighted");
        if (!weighted && !arguments.isEmpty() && !arguments.get(0).text().equals("round_robin")) {
            throw arguments.get(0).unexpected("loadbalance", POLICIES);
        }
        if (arguments.size() > (weighted ? 2 : 1)) {
            throw arguments.get(arguments.size() - 1).unexpected("loadbalance", POLICIES + " and no more");
        }
        Duration reload = DEFAULT_RELOAD;
        List<AddressBlock> preferred = new ArrayList<>();
        for (Statement option : directive.block()) {
            option.wantNoBlock();
            switch (option.name()) {
                case "reload" -> reload = reload(option, weighted);
                case "prefer" -> preferred.addAll(networks(option));
                default -> throw option.unknownIn(directive);
            }
        }
        if (weighted && !preferred.isEmpty()) {
            throw directive.keyword().fault("'prefer' wants the policy round_robin, found weighted");
        }
        if (!preferred.isEmpty()) {
            block.layer(new PreferredAddresses(preferred, RANDOM));
        }
        if (weighted) {
            weighted(directive, reload, block);
        } else if (preferred.isEmpty()) {
            block.layer(new AnswerRotation());
        }
    }

    private static Duration reload(Statement option, boolean weighted) {
        if (!weighted) {
            throw option.keyword().fault("'reload' wants the policy weighted, found round_robin");
        }
        return option.onlyArgument("a duration").duration("reload");
    }

    private static List<AddressBlock> networks(Statement option) {
        if (option.arguments().isEmpty()) {
            throw option.keyword().fault("'prefer' wants an address block, found nothing");
        }
        return option.arguments().stream().map(Tokens::network).toList();
    }

    private static void weighted(Statement directive, Duration reload, BlockContext block) {
        if (directive.arguments().size() < 2) {
            throw directive.arguments().get(0).fault("'weighted' wants a file, found nothing");
        }
        Token token = directive.arguments().get(1);
        WeightFile file = new WeightFile(block.path(token));
        if (reload.isZero() || Files.exists(block.path(token))) { // else it may come later, as in CoreDNS
            read(file, token);
        }
        block.layer(new WeightedAddresses(file::weights, RANDOM));
        if (!reload.isZero()) {
            block.every(new PeriodicTask("loadbalance " + token.text(), reload, file::readAgain));
        }
    }

    private static void read(WeightFile file, Token token) {
        try {
            file.read();
        } catch (ConfigurationException unusable) {
            throw token.fault("'loadbalance' cannot use this file: " + unusable.getMessage());
        }
    }
}
