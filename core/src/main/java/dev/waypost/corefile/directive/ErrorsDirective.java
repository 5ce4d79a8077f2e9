package dev.waypost.corefile.directive;

import dev.waypost.PeriodicTask;
import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.DirectiveFactory;
import dev.waypost.corefile.Statement;
import dev.waypost.corefile.Token;
import dev.waypost.layer.pattern.LinearPattern;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;

/**
 * {@code errors { consolidate DURATION REGEX [LEVEL] [show_first]; stacktrace }}: a line for every query that could not
 * be answered.
 */
public final class ErrorsDirective implements DirectiveFactory {
    /** How often it is looked whether a period is over, at least. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    @Override
    public String name() {
        return "errors";
    }

    @Override
    public void configure(Statement directive, BlockContext block) {
        directive.wantNoArguments();
        // Repeats in one block would say everything twice.
        ErrorLog log = block.inBlock(ErrorLog.class, () -> {
            ErrorLog first = new ErrorLog(block.ticker());
            block.layer(first);
            block.observer(first);
            return first;
        });
        for (Statement option : directive.block()) {
            option.wantNoBlock();
            switch (option.name()) {
                case "consolidate" -> {
                    Consolidation.Rule rule = consolidate(option);
                    log.consolidate(rule);
                    Duration look = rule.period().compareTo(LOOK) < 0 ? rule.period() : LOOK;
                    block.every(new PeriodicTask("errors consolidate", look, log::tellCounts));
                }
                case "stacktrace" -> {
                    option.wantNoArguments();
                    log.writeStackTraces();
                }
                default -> throw option.unknownIn(directive);
            }
        }
    }

    private static Consolidation.Rule consolidate(Statement option) {
        List<Token> words = option.arguments();
        if (words.size() < 2 || words.size() > 4) {
            throw option.keyword()
                    .fault("'consolidate' wants DURATION REGEX [LEVEL] [show_first], found " + words.size()
                            + " arguments");
        }
        Duration period = words.get(0).duration("consolidate");
        if (period.isZero()) {
            throw words.get(0).unexpected("consolidate", "a duration above 0");
        }
        LinearPattern pattern = RewriteWords.pattern(words.get(1));
        boolean showFirst = words.get(words.size() - 1).text().equals("show_first") && words.size() > 2;
        int levels = words.size() - 2 - (showFirst ? 1 : 0);
        if (levels > 1) {
            throw words.get(3).unexpected("consolidate", "show_first");
        }
        return new Consolidation.Rule(period, pattern, levels == 0 ? Level.ERROR : level(words.get(2)), showFirst);
    }

    private static Level level(Token token) {
        return switch (token.text()) {
            case "error" -> Level.ERROR;
            case "warning" -> Level.WARNING;
            case "info" -> Level.INFO;
            case "debug" -> Level.DEBUG;
            default -> throw token.unexpected("consolidate", "error, warning, info, debug or show_first");
        };
    }
}
