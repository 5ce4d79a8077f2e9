package dev.waypost.corefile.directive;

import dev.waypost.PeriodicTask;
import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.DirectiveFactory;
import dev.waypost.corefile.Statement;
import dev.waypost.corefile.Token;
import dev.waypost.zone.ZoneFilePattern;
import dev.waypost.zone.ZoneFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * {@code auto [ZONES...] { directory DIR [REGEXP ORIGIN_TEMPLATE]; reload DURATION; reload_by_mtime; include FOLDER;
 * fallthrough [ZONES...] }}: a zone for each zone file of a folder, as they come and go.
 */
public final class AutoDirective implements DirectiveFactory {
    @Override
    public String name() {
        return "auto";
    }

    @Override
    public void configure(Statement directive, BlockContext block) {
        ZoneFileOptions options = ZoneFileOptions.DEFAULT;
        ZoneFilePattern pattern = null;
        for (Statement option : directive.block()) {
            if (option.name().equals("directory")) {
                option.wantNoBlock();
                pattern = pattern(option, block);
            } else {
                options = options.with(option, directive, block);
            }
        }
        ZoneFolder folder = folder(directive, pattern, options, block);
        folder.scan();
        block.backend(folder);
        block.metrics(folder);
        if (!options.reload().isZero()) {
            block.every(new PeriodicTask(folder.name(), options.reload(), folder::scan));
        }
    }

    private static ZoneFolder folder(
            Statement directive, @Nullable ZoneFilePattern pattern, ZoneFileOptions options, BlockContext block) {
        if (pattern == null) {
            throw directive.keyword().fault("'auto' wants an option 'directory', found none");
        }
        SharedZoneFiles shared = block.shared(SharedZoneFiles.class, SharedZoneFiles::new);
        return new ZoneFolder(
                pattern,
                block.zonesOf(directive.arguments()),
                options.fallthrough(),
                (file, origin) -> shared.of(file, origin, options));
    }

    private static ZoneFilePattern pattern(Statement option, BlockContext block) {
        List<Token> arguments = option.arguments();
        if (arguments.size() != 1 && arguments.size() != 3) {
            throw option.keyword()
                    .fault("'directory' wants a folder, and perhaps an expression with an origin, found "
                            + arguments.size() + " arguments");
        }
        Path folder = block.path(arguments.get(0));
        if (arguments.size() == 1) {
            return ZoneFilePattern.of(folder);
        }
        Pattern fileName = expression(arguments.get(1));
        try {
            return new ZoneFilePattern(folder, fileName, arguments.get(2).text());
        } catch (IllegalArgumentException noSuchGroup) {
            throw arguments.get(2).fault("'directory': " + noSuchGroup.getMessage());
        }
    }

    private static Pattern expression(Token token) {
        try {
            Pattern expression = Pattern.compile(token.text());
            if (expression.matcher("").groupCount() > 0) {
                return expression;
            }
        } catch (PatternSyntaxException unusable) {
            throw token.unexpected("directory", "a regular expression (" + unusable.getDescription() + ")");
        }
        throw token.unexpected("directory", "an expression with a group");
    }
}
