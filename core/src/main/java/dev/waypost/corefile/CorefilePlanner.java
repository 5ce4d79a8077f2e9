package dev.waypost.corefile;

import dev.waypost.engine.EnginePlan;
import java.nio.file.Path;
import java.util.List;

/**
 * Turns a Corefile into an engine plan with the directives that are installed. SKELETON: the signatures stand, the
 * bodies follow.
 *
 * <p>One planner a host: it keeps what plans share from reload to reload. Planning opens and starts nothing.
 */
public final class CorefilePlanner {
    private CorefilePlanner() {}

    /** The port of a server block that names none, unless the host says otherwise. */
    public static final int DEFAULT_PORT = 53;

    /** A planner with every {@link DirectiveFactory} service on the module or class path. */
    public static CorefilePlanner installed() {
        throw new UnsupportedOperationException();
    }

    /** The same with another port for server blocks that name none. */
    public CorefilePlanner withDefaultPort(int port) {
        throw new UnsupportedOperationException(Integer.toString(port));
    }

    /** Every keyword this planner understands, in the order in which directives take part in a query. */
    public List<String> directives() {
        throw new UnsupportedOperationException();
    }

    /**
     * Reads a Corefile and all it imports.
     *
     * @throws dev.waypost.ConfigurationException for anything that cannot be used, with the place
     */
    public EnginePlan plan(Path corefile) {
        throw new UnsupportedOperationException(corefile.toString());
    }

    /**
     * Plans a Corefile given as text.
     *
     * @param source what errors call it
     * @param folder where relative file names start
     */
    public EnginePlan plan(String text, String source, Path folder) {
        throw new UnsupportedOperationException(text + source + folder);
    }
}
