package dev.waypost.corefile.directive;

import dev.waypost.AddressBlocks;
import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.DirectiveFactory;
import dev.waypost.corefile.Statement;
import dev.waypost.corefile.Token;
import dev.waypost.layer.AccessRule;
import dev.waypost.layer.AccessRule.Action;
import dev.waypost.layer.AccessRule.Policy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code acl [ZONES...] { ACTION [type QTYPE...] [net SOURCE...] }}: who may ask for what. */
public final class AclDirective implements DirectiveFactory {
    private static final String ANY = "*";
    private static final String TYPE = "type";
    private static final String NET = "net";

    @Override
    public String name() {
        return "acl";
    }

    @Override
    public void configure(Statement directive, BlockContext block) {
        List<Policy> policies =
                directive.block().stream().map(each -> policy(each, directive)).toList();
        AclRules.of(block).add(new AccessRule(block.zonesOf(directive.arguments()), policies));
    }

    private static Policy policy(Statement line, Statement directive) {
        line.wantNoBlock();
        Action action = switch (line.name().toLowerCase(Locale.ROOT)) {
            case "allow" -> Action.ALLOW;
            case "block" -> Action.BLOCK;
            case "filter" -> Action.FILTER;
            case "drop" -> Action.DROP;
            default -> throw line.unknownIn(directive);
        };
        List<Token> types = new ArrayList<>();
        List<Token> networks = new ArrayList<>();
        sections(line, types, networks);
        return new Policy(action, types(types), networks(networks));
    }

    private static void sections(Statement line, List<Token> types, List<Token> networks) {
        List<Token> words = line.arguments();
        int at = 0;
        while (at < words.size()) {
            Token section = words.get(at);
            if (!isSection(section)) {
                throw section.unexpected(line.name(), "type or net");
            }
            List<Token> members = section.text().equalsIgnoreCase(TYPE) ? types : networks;
            int from = ++at;
            while (at < words.size() && !isSection(words.get(at))) {
                members.add(words.get(at++));
            }
            if (at == from) {
                throw section.fault("'" + section.text() + "' wants at least one word behind it, found nothing");
            }
        }
    }

    private static boolean isSection(Token word) {
        return word.text().equalsIgnoreCase(TYPE) || word.text().equalsIgnoreCase(NET);
    }

    /** The types named; none for all of them. */
    private static Set<Integer> types(List<Token> names) {
        boolean any = names.stream().anyMatch(name -> name.text().equals(ANY));
        Set<Integer> types = names.stream()
                .filter(name -> !name.text().equals(ANY))
                .map(Tokens::type)
                .collect(Collectors.toCollection(HashSet::new));
        return any ? Set.of() : types;
    }

    private static AddressBlocks networks(List<Token> blocks) {
        List<Token> named =
                blocks.stream().filter(block -> !block.text().equals(ANY)).toList();
        AddressBlocks networks = Tokens.networks(named);
        return named.size() < blocks.size() || blocks.isEmpty() ? AddressBlocks.ALL : networks;
    }
}
