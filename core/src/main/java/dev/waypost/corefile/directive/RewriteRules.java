package dev.waypost.corefile.directive;

import dev.waypost.Resolver;
import dev.waypost.Ticker;
import dev.waypost.corefile.Token;
import dev.waypost.layer.pattern.LinearPattern;
import dev.waypost.layer.rewrite.AliasRule;
import dev.waypost.layer.rewrite.AnswerNames;
import dev.waypost.layer.rewrite.NameMatch;
import dev.waypost.layer.rewrite.NameRule;
import dev.waypost.layer.rewrite.QuestionRule;
import dev.waypost.layer.rewrite.RcodeRule;
import dev.waypost.layer.rewrite.RewriteRule;
import dev.waypost.layer.rewrite.TtlRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the rules of {@code rewrite} about names, types, classes, TTLs, RCODEs and aliases. */
final class RewriteRules {
    private static final String ANSWERS = "auto, name or value";
    private static final Pattern TTL_BOUNDS = Pattern.compile("(\\d{0,10})(-?)(\\d{0,10})");

    private RewriteRules() {}

    /** {@code [MATCH] FROM TO [answer auto | answer name FROM TO | answer value FROM TO]...}. */
    static RewriteRule name(RewriteWords words) {
        NameMatch match = words.match("name", 1);
        String to = words.replacement("name", match);
        List<AnswerNames> answers = new ArrayList<>();
        while (words.take("answer")) {
            answers.add(answer(words));
        }
        if (answers.isEmpty() && match instanceof NameMatch.Exact) {
            answers.add(new AnswerNames.Auto()); // only of a whole name it is plain what the answer should say
        }
        return new NameRule(match, to, answers);
    }

    private static AnswerNames answer(RewriteWords words) {
        Token kind = words.next("answer", ANSWERS);
        switch (kind.text().toLowerCase(Locale.ROOT)) {
            case "auto" -> {
                return new AnswerNames.Auto();
            }
            case "name" -> {
                LinearPattern from = RewriteWords.pattern(words.next("answer name", "a regular expression"));
                return new AnswerNames.Owners(from, replacement(words, "answer name", from));
            }
            case "value" -> {
                LinearPattern from = RewriteWords.pattern(words.next("answer value", "a regular expression"));
                return new AnswerNames.Values(from, replacement(words, "answer value", from));
            }
            default -> throw kind.unexpected("answer", ANSWERS);
        }
    }

    private static String replacement(RewriteWords words, String what, LinearPattern from) {
        return RewriteWords.replacement(words.next(what, "a replacement"), from);
    }

    static RewriteRule type(RewriteWords words) {
        int from = Tokens.type(words.next("type", "a type to match"));
        return QuestionRule.type(from, Tokens.type(words.next("type", "a type to ask for")));
    }

    static RewriteRule qclass(RewriteWords words) {
        int from = Tokens.qclass(words.next("class", "a class to match"));
        return QuestionRule.qclass(from, Tokens.qclass(words.next("class", "a class to ask in")));
    }

    /** {@code [MATCH] NAME SECONDS|MIN-MAX|MIN-|-MAX}. */
    static RewriteRule ttl(RewriteWords words, Ticker ticker) {
        NameMatch match = words.match("ttl", 1);
        Token bounds = words.next("ttl", "seconds");
        Matcher parts = TTL_BOUNDS.matcher(bounds.text());
        if (!parts.matches() || bounds.text().equals("-") || bounds.text().isEmpty()) {
            throw bounds.unexpected("ttl", "seconds as 30, 30-300, 30- or -300");
        }
        long least = parts.group(1).isEmpty() ? 0 : Long.parseLong(parts.group(1));
        long most = parts.group(2).isEmpty()
                ? least
                : parts.group(3).isEmpty() ? Integer.MAX_VALUE : Long.parseLong(parts.group(3));
        if (least > Integer.MAX_VALUE || most > Integer.MAX_VALUE || most < least) {
            throw bounds.unexpected("ttl", "seconds 0..2147483647, the least in front");
        }
        return new TtlRule(match, (int) least, (int) most, ticker);
    }

    /** {@code [MATCH] NAME FROM TO}. */
    static RewriteRule rcode(RewriteWords words) {
        NameMatch match = words.match("rcode", 2);
        int from = Tokens.rcode(words.next("rcode", "an RCODE to match"));
        return new RcodeRule(match, from, Tokens.rcode(words.next("rcode", "an RCODE to say")));
    }

    /** {@code [MATCH] FROM TO}. */
    static RewriteRule cname(RewriteWords words, Resolver engine) {
        NameMatch match = words.match("cname", 1);
        return new AliasRule(match, words.replacement("cname", match), engine);
    }
}
