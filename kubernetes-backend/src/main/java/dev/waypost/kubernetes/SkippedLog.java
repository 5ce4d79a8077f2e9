package dev.waypost.kubernetes;

import dev.waypost.ConfigurationException;
import dev.waypost.kubernetes.manifest.ObjectFaults;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Counts the objects of manifest files that cannot be used, and tells of the first one aloud. */
final class SkippedLog implements ObjectFaults {
    private static final Logger LOG = System.getLogger("dev.waypost.kubernetes");

    private final Map<String, SkippedObjects> byResource = new TreeMap<>();

    @Override
    public void object(String resource, ConfigurationException fault) {
        String text = String.valueOf(fault.getMessage());
        if (add(resource, skipped -> skipped.withObject(text)) == 1) {
            LOG.log(
                    Level.WARNING,
                    () -> text + "; one of the " + resource
                            + " cannot be used and is passed over, others like it are counted only");
        }
    }

    @Override
    public void part(String resource, ConfigurationException fault) {
        String text = String.valueOf(fault.getMessage());
        if (add(resource, skipped -> skipped.withPart(text)) == 1) {
            LOG.log(Level.WARNING, () -> text + "; it is left out, others like it are counted only");
        }
    }

    /** Counts one. @return how many there are of the resource */
    private synchronized long add(String resource, UnaryOperator<SkippedObjects> one) {
        SkippedObjects before = byResource.getOrDefault(resource, new SkippedObjects(resource, 0, 0, ""));
        SkippedObjects after = one.apply(before);
        byResource.put(resource, after);
        return after.objects() + after.parts();
    }

    synchronized List<SkippedObjects> all() {
        return List.copyOf(byResource.values());
    }
}
