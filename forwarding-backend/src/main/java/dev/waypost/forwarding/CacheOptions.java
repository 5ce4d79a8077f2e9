package dev.waypost.forwarding;

import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.Statement;
import dev.waypost.corefile.Token;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xbill.DNS.Name;

/** The options in the braces of {@code cache}. */
final class CacheOptions {
    private static final String SUCCESS = "success";
    private static final String DENIAL = "denial";
    private static final String STALE = "serve_stale";
    /** What one entry of a CoreDNS capacity is taken to weigh. */
    private static final long BYTES_AN_ENTRY = 1024;

    private static final Pattern PERCENTAGE = Pattern.compile("([1-8]\\d|90)%");
    private static final Duration DEFAULT_GAP = Duration.ofMinutes(1);

    private final CacheBuilder builder;
    private final BlockContext block;

    CacheOptions(CacheBuilder builder, BlockContext block) {
        this.builder = builder;
        this.block = block;
    }

    void read(Statement directive) {
        for (Statement option : directive.block()) {
            option.wantNoBlock();
            read(option, directive);
        }
    }

    private void read(Statement option, Statement directive) {
        switch (option.name()) {
            case SUCCESS -> half(option, builder::successBytes, builder::successTtl, builder::successLeastTtl);
            case DENIAL -> half(option, builder::denialBytes, builder::denialTtl, builder::denialLeastTtl);
            case "disable" -> disable(option);
            case "servfail" -> servfail(option);
            case "prefetch" -> prefetch(option);
            case STALE -> serveStale(option);
            case "serve_stale_policy" -> stalePolicy(option, directive);
            case "keepttl" -> {
                option.wantNoArguments();
                builder.keepTtl(true);
            }
            default -> throw option.unknownIn(directive);
        }
    }

    /** {@code CAPACITY [TTL] [MINTTL]} of one half. */
    private static void half(
            Statement option, LongConsumer bytes, Consumer<Duration> longest, Consumer<Duration> least) {
        int size = arguments(option, "CAPACITY [TTL] [MINTTL]", 1, 3).size();
        bytes.accept(BYTES_AN_ENTRY * number(option, 0, 1));
        if (size > 1) {
            longest.accept(Duration.ofSeconds(number(option, 1, 1)));
        }
        if (size > 2) {
            least.accept(Duration.ofSeconds(number(option, 2, 0)));
        }
    }

    private void disable(Statement option) {
        List<Token> arguments = option.arguments();
        if (arguments.isEmpty()) {
            throw option.keyword().fault("'disable' wants success or denial, found nothing");
        }
        Name[] zones = block.zonesOf(arguments.subList(1, arguments.size())).toArray(Name[]::new);
        switch (arguments.get(0).text()) {
            case SUCCESS -> builder.withoutSuccess(zones);
            case DENIAL -> builder.withoutDenial(zones);
            default -> throw arguments.get(0).unexpected("disable", "success or denial");
        }
    }

    private void servfail(Statement option) {
        List<Token> arguments = arguments(option, "DURATION [LONGEST]", 1, 2);
        Duration first = time(option, arguments.get(0), CacheBuilder.MAX_SERVFAIL, "5m");
        if (arguments.size() == 1) {
            builder.servfail(first);
            return;
        }
        Duration most = time(option, arguments.get(1), CacheBuilder.MAX_SERVFAIL, "5m");
        if (most.compareTo(first) < 0) {
            throw arguments
                    .get(1)
                    .unexpected(
                            option.name(),
                            "a longest duration of at least " + arguments.get(0).text());
        }
        builder.servfail(first, most);
    }

    private void prefetch(Statement option) {
        List<Token> arguments = arguments(option, "AMOUNT [DURATION [PERCENTAGE%]]", 1, 3);
        Duration gap = arguments.size() > 1 ? arguments.get(1).duration(option.name()) : DEFAULT_GAP;
        int percentage = arguments.size() > 2 ? percentage(option, arguments.get(2)) : CacheBuilder.LEAST_PERCENTAGE;
        builder.prefetch(number(option, 0, 0), gap, percentage);
    }

    private static int percentage(Statement option, Token argument) {
        Matcher percentage = PERCENTAGE.matcher(argument.text());
        if (!percentage.matches()) {
            throw argument.unexpected(option.name(), "a percentage 10%..90%");
        }
        return Integer.parseInt(percentage.group(1));
    }

    /** {@code serve_stale [DURATION] [immediate | verify [TIMEOUT]] [TTL [RECHECK]]}, the last two behind a mode only. */
    private void serveStale(Statement option) {
        List<Token> left = arguments(option, "[DURATION] [MODE ...]", 0, 5);
        Duration most = CacheBuilder.DEFAULT_STALE;
        if (!left.isEmpty() && Character.isDigit(left.get(0).text().charAt(0))) {
            most = time(option, left.get(0), CacheBuilder.MAX_STALE, "72h");
            left = left.subList(1, left.size());
        }
        StalePolicy policy = left.isEmpty() ? StalePolicy.IMMEDIATE : policy(option, left.get(0));
        builder.serveStale(policy, most);
        left = left.subList(Math.min(1, left.size()), left.size());
        if (policy == StalePolicy.VERIFY && !left.isEmpty()) {
            builder.staleTimer(left.get(0).duration(option.name()));
            left = left.subList(1, left.size());
        }
        staleTimes(option, left);
    }

    private static StalePolicy policy(Statement option, Token mode) {
        return switch (mode.text().toLowerCase(Locale.ROOT)) {
            case "immediate" -> StalePolicy.IMMEDIATE;
            case "verify" -> StalePolicy.VERIFY;
            default -> throw mode.unexpected(option.name(), "immediate or verify");
        };
    }

    private void staleTimes(Statement option, List<Token> times) {
        if (!times.isEmpty()) {
            builder.staleTtl(times.get(0).duration(option.name()));
        }
        if (times.size() > 1) {
            builder.failureRecheck(time(option, times.get(1), CacheBuilder.MAX_SERVFAIL, "5m"));
        }
        if (times.size() > 2) {
            throw times.get(2)
                    .fault("'" + option.name() + "' wants nothing behind FAILURE_RECHECK, found \""
                            + times.get(2).text() + "\"");
        }
    }

    private void stalePolicy(Statement option, Statement directive) {
        Token policy = option.onlyArgument("prefer_positive");
        if (!policy.text().equals("prefer_positive")) {
            throw policy.unexpected(option.name(), "prefer_positive");
        }
        if (directive.block().stream().noneMatch(other -> other.name().equals(STALE))) {
            throw option.keyword().fault("'" + option.name() + "' wants '" + STALE + "' beside it");
        }
        builder.preferPositive(true);
    }

    private static Duration time(Statement option, Token argument, Duration most, String mostText) {
        Duration time = argument.duration(option.name());
        if (time.compareTo(most) > 0) {
            throw argument.unexpected(option.name(), "a duration of at most " + mostText);
        }
        return time;
    }

    private static List<Token> arguments(Statement option, String form, int least, int most) {
        int size = option.arguments().size();
        if (size < least || size > most) {
            throw option.keyword().fault("'" + option.name() + "' wants " + form + ", found " + size + " arguments");
        }
        return option.arguments();
    }

    private static int number(Statement option, int index, int least) {
        return option.arguments().get(index).number(option.name(), least, Integer.MAX_VALUE);
    }
}
