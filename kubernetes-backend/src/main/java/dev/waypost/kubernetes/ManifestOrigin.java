package dev.waypost.kubernetes;

import dev.waypost.ConfigurationException;
import dev.waypost.Metric;
import dev.waypost.kubernetes.manifest.ManifestObjects;
import dev.waypost.kubernetes.manifest.ManifestReader;
import dev.waypost.kubernetes.model.Selection;
import dev.waypost.kubernetes.snapshot.ClusterSet;
import dev.waypost.zone.Standing;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.function.Consumer;

/** Objects from manifest files, read when the backend is built and again when the host asks for it. */
final class ManifestOrigin implements ObjectOrigin {
    private static final Logger LOG = System.getLogger("dev.waypost.kubernetes");

    private final List<Path> files;
    private final ClusterSet clusters;
    private final Selection selection;
    private final boolean attributes;
    private final SkippedLog skipped = new SkippedLog();
    private List<String> stamps;
    private String lastError = "";

    /** Reads the files; @throws ConfigurationException where one is no manifest */
    ManifestOrigin(List<Path> files, ClusterSet clusters, Selection selection, boolean attributes) {
        this.attributes = attributes;
        this.files = List.copyOf(files);
        this.clusters = clusters;
        this.selection = selection;
        this.stamps = stamps();
        MemoryOrigin.store(clusters, read(), selection, attributes);
    }

    private ManifestObjects read() {
        ManifestObjects objects = new ManifestObjects();
        files.forEach(file -> objects.addAll(ManifestReader.read(file, skipped)));
        return objects;
    }

    /** Reads the files again where one of them has changed. */
    synchronized ManifestPoll poll() {
        List<String> now = stamps();
        if (now.equals(stamps) && lastError.isEmpty()) {
            return new ManifestPoll.Unchanged();
        }
        try {
            // Stamps are taken before reading: a change in between is found at the next look.
            ManifestObjects objects = read();
            stamps = now;
            lastError = "";
            MemoryOrigin.store(clusters, objects, selection, attributes);
            return new ManifestPoll.Changed();
        } catch (ConfigurationException broken) {
            String error = String.valueOf(broken.getMessage());
            if (!error.equals(lastError)) {
                LOG.log(Level.WARNING, () -> error + "; the objects read before stay");
            }
            lastError = error;
            return new ManifestPoll.Failed(error);
        }
    }

    List<SkippedObjects> skipped() {
        return skipped.all();
    }

    private List<String> stamps() {
        return files.stream().map(ManifestOrigin::stamp).toList();
    }

    /** A file replaced by another of the same time and size has another key: how ConfigMap volumes change. */
    private static String stamp(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey();
        } catch (IOException unreadable) {
            return "unreadable";
        }
    }

    @Override
    public void start() {
        // the files are read already
    }

    @Override
    public void close() {
        // nothing stays open
    }

    @Override
    public List<WatchReport> watches() {
        return List.of();
    }

    @Override
    public Standing standing(String namespace) {
        return NONE.standing(namespace);
    }

    @Override
    public synchronized String trouble() {
        return lastError;
    }

    @Override
    public void collect(Consumer<Metric> sink) {
        skipped.all().forEach(each -> each.collect(sink));
    }
}
