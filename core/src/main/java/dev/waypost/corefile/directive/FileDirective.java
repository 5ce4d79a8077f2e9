package dev.waypost.corefile.directive;

import dev.waypost.PeriodicTask;
import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.DirectiveFactory;
import dev.waypost.corefile.PresentFault;
import dev.waypost.corefile.Statement;
import dev.waypost.corefile.Token;
import dev.waypost.zone.ZoneFile;
import dev.waypost.zone.ZoneFiles;
import java.nio.file.Path;
import java.util.List;
import org.xbill.DNS.Name;

/**
 * {@code file DBFILE [ZONES...] { reload DURATION; reload_by_mtime; include FOLDER; fallthrough [ZONES...] }}: zones from a
 * master file (RFC 1035 section 5).
 *
 * <p>A file that cannot be used is no fault of the Corefile: its zone answers SERVFAIL until it can, the others go on, and the
 * plan tells of a {@link PresentFault}. It is one where nobody looks at the file again.
 */
public final class FileDirective implements DirectiveFactory {
    @Override
    public String name() {
        return "file";
    }

    @Override
    public void configure(Statement directive, BlockContext block) {
        List<Token> arguments = directive.arguments();
        if (arguments.isEmpty()) {
            throw directive.keyword().fault("'file' wants a zone file, found nothing");
        }
        ZoneFileOptions options = ZoneFileOptions.DEFAULT;
        for (Statement option : directive.block()) {
            options = options.with(option, directive, block);
        }
        ZoneFiles zones = zones(arguments, options, block);
        zones.reload();
        if (options.reload().isZero()) {
            zones.faults().findFirst().ifPresent(fault -> {
                throw arguments.get(0).fault("'file' cannot use this zone file, and will not look again: " + fault);
            });
        }
        zones.faults()
                .map(fault -> arguments.get(0).fault("'file' cannot use this zone file: " + fault))
                .forEach(fault -> block.attach(new PresentFault(fault)));
        block.backend(zones);
        block.metrics(zones);
        if (!options.reload().isZero()) {
            block.every(new PeriodicTask(zones.name(), options.reload(), zones::reload));
        }
    }

    private static ZoneFiles zones(List<Token> arguments, ZoneFileOptions options, BlockContext block) {
        Path file = block.path(arguments.get(0));
        List<Name> origins = block.zonesOf(arguments.subList(1, arguments.size()));
        if (arguments.size() == 1 && origins.contains(Name.root)) {
            throw arguments.get(0).fault("'file' wants its zones behind the file in a server block of '.', found none");
        }
        SharedZoneFiles shared = block.shared(SharedZoneFiles.class, SharedZoneFiles::new);
        List<ZoneFile> zones =
                origins.stream().map(origin -> shared.of(file, origin, options)).toList();
        return new ZoneFiles("file " + file, zones, options.fallthrough());
    }
}
