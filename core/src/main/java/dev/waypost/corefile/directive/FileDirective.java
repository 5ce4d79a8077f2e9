package dev.waypost.corefile.directive;

import dev.waypost.ConfigurationException;
import dev.waypost.PeriodicTask;
import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.DirectiveFactory;
import dev.waypost.corefile.Statement;
import dev.waypost.corefile.Token;
import dev.waypost.zone.FallthroughZones;
import dev.waypost.zone.ZoneFile.ReloadBy;
import java.time.Duration;
import java.util.List;
import org.xbill.DNS.Name;

/**
 * {@code file DBFILE [ZONES...] { reload DURATION; reload_by_mtime; fallthrough [ZONES...] }}: zones from a master file
 * (RFC 1035 section 5).
 */
public final class FileDirective implements DirectiveFactory {
    private static final Duration DEFAULT_RELOAD = Duration.ofMinutes(1);

    @Override
    public String name() {
        return "file";
    }

    @Override
    public void configure(Statement directive, BlockContext block) {
        if (directive.arguments().isEmpty()) {
            throw directive.keyword().fault("'file' wants a zone file, found nothing");
        }
        Duration reload = DEFAULT_RELOAD;
        ReloadBy reloadBy = ReloadBy.SERIAL;
        FallthroughZones fallthrough = FallthroughZones.NONE;
        for (Statement option : directive.block()) {
            option.wantNoBlock();
            switch (option.name()) {
                case "reload" -> reload = option.onlyArgument("a duration").duration("reload");
                case "reload_by_mtime" -> {
                    option.wantNoArguments();
                    reloadBy = ReloadBy.MTIME;
                }
                case "fallthrough" -> fallthrough = FallthroughOption.of(option, block);
                default -> throw option.unknownIn(directive);
            }
        }
        List<Token> arguments = directive.arguments();
        FileZones zones = zones(arguments, block, reloadBy, fallthrough);
        block.backend(zones);
        if (!reload.isZero()) {
            block.every(new PeriodicTask(zones.name(), reload, zones::reload));
        }
    }

    private static FileZones zones(
            List<Token> arguments, BlockContext block, ReloadBy reloadBy, FallthroughZones fallthrough) {
        Token file = arguments.get(0);
        List<Name> origins = block.zonesOf(arguments.subList(1, arguments.size()));
        try {
            return new FileZones(block.path(file), origins, reloadBy, fallthrough);
        } catch (ConfigurationException unusable) {
            // The zone file's place says what to mend, the Corefile's who named the file.
            throw file.fault("'file' cannot use this zone file: " + unusable.getMessage());
        }
    }
}
