package dev.waypost.corefile.directive;

import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.Statement;
import dev.waypost.zone.FallthroughZones;
import dev.waypost.zone.ZoneFile.ReloadBy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What {@code file} and {@code auto} have in common: {@code reload DURATION; reload_by_mtime; include FOLDER; fallthrough
 * [ZONES...]}.
 *
 * @param reload time between two looks at the files; zero looks never
 * @param includes the folder that {@code $INCLUDE} may read files of
 */
record ZoneFileOptions(Duration reload, ReloadBy reloadBy, Optional<Path> includes, FallthroughZones fallthrough) {
    /** CoreDNS's, and no {@code $INCLUDE}. */
    static final ZoneFileOptions DEFAULT =
            new ZoneFileOptions(Duration.ofMinutes(1), ReloadBy.SERIAL, Optional.empty(), FallthroughZones.NONE);

    /** These with one option more. */
    ZoneFileOptions with(Statement option, Statement directive, BlockContext block) {
        option.wantNoBlock();
        switch (option.name()) {
            case "reload" -> {
                Duration time = option.onlyArgument("a duration").duration("reload");
                return new ZoneFileOptions(time, reloadBy, includes, fallthrough);
            }
            case "reload_by_mtime" -> {
                option.wantNoArguments();
                return new ZoneFileOptions(reload, ReloadBy.MTIME, includes, fallthrough);
            }
            case "include" -> {
                Path folder = block.path(option.onlyArgument("a folder"));
                return new ZoneFileOptions(reload, reloadBy, Optional.of(folder), fallthrough);
            }
            case "fallthrough" -> {
                return new ZoneFileOptions(reload, reloadBy, includes, FallthroughOption.of(option, block));
            }
            case "upstream" -> {
                return this; // old Corefiles have it; aliases are followed through the engine in any case
            }
            default -> throw option.unknownIn(directive);
        }
    }
}
