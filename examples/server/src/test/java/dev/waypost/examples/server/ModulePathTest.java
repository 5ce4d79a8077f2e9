package dev.waypost.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.corefile.DirectiveFactory;
import java.io.File;
import java.lang.module.Configuration;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.lang.module.ResolvedModule;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Tests run on the class path; on the module path the same must be there")
class ModulePathTest {
    private static final Set<String> PUBLISHED =
            Set.of("dev.waypost", "dev.waypost.kubernetes", "dev.waypost.forwarding", "dev.waypost.socket");

    @Test
    void everyPublishedModuleResolves() {
        assertThat(resolved().modules()).extracting(ResolvedModule::name).containsAll(PUBLISHED);
    }

    @Test
    void theModulesProvideTheDirectivesThatTheClassPathHas() {
        List<String> byModules = resolved().modules().stream()
                .flatMap(module -> module.reference().descriptor().provides().stream())
                .filter(provided -> provided.service().equals(DirectiveFactory.class.getName()))
                .flatMap(provided -> provided.providers().stream())
                .toList();
        List<String> byClassPath = ServiceLoader.load(DirectiveFactory.class).stream()
                .map(provider -> provider.type().getName())
                .toList();
        assertThat(byModules).isNotEmpty().containsExactlyInAnyOrderElementsOf(byClassPath);
    }

    @Test
    void noPublishedPackageShowsAnAutomaticModule() {
        assertThat(resolved().modules().stream()
                        .map(module -> module.reference().descriptor())
                        .filter(descriptor -> PUBLISHED.contains(descriptor.name()))
                        .flatMap(descriptor -> descriptor.requires().stream())
                        .filter(required ->
                                required.modifiers().contains(ModuleDescriptor.Requires.Modifier.TRANSITIVE)))
                .extracting(ModuleDescriptor.Requires::name)
                .containsOnly("dev.waypost", "org.dnsjava", "org.jspecify", "jdk.jfr");
    }

    private static Configuration resolved() {
        ModuleFinder finder =
                ModuleFinder.compose(classPath().map(ModulePathTest::modulesIn).toArray(ModuleFinder[]::new));
        return Configuration.empty()
                .resolve(ModuleFinder.ofSystem(), ModuleFinder.of(), Set.of("java.se", "jdk.httpserver", "jdk.jfr"))
                .resolve(finder, ModuleFinder.of(), PUBLISHED);
    }

    private static Stream<Path> classPath() {
        String entries = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(entries.split(File.pathSeparator)).map(Path::of);
    }

    /** The modules of one entry; none where its name makes no module, as with some test libraries. */
    private static ModuleFinder modulesIn(Path entry) {
        ModuleFinder finder = ModuleFinder.of(entry);
        try {
            List<ModuleReference> found = List.copyOf(finder.findAll());
            return found.isEmpty() ? ModuleFinder.of() : finder;
        } catch (FindException noModule) {
            return ModuleFinder.of();
        }
    }
}
