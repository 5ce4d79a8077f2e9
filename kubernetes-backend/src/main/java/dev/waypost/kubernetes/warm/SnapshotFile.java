package dev.waypost.kubernetes.warm;

import dev.waypost.kubernetes.snapshot.ClusterObjects;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * A file that holds what was known of one cluster at one time.
 *
 * <p>It is written beside its place and moved there in one step, so that it is whole or not there; what is in it is
 * believed only where the checksum, the schema, the source and the age are right.
 *
 * @param path where it is
 * @param source which cluster, and which part of it: what another one has written is not for this one
 * @param most how old it may be when it is read
 */
public record SnapshotFile(Path path, String source, Duration most) {
    private static final int MAGIC = 0x57_41_59_50; // WAYP
    private static final int SCHEMA = 2;
    private static final int CHECKSUM_OCTETS = Long.BYTES;

    /** What came of reading it. */
    public sealed interface Reading {
        /**
         * It can be used.
         *
         * @param age since the cluster was last known to be like this
         */
        record Usable(ClusterObjects objects, Duration age) implements Reading {}

        /** It cannot be used. @param reason for a person to read */
        record Refused(String reason) implements Reading {}
    }

    /**
     * Writes it.
     *
     * @param asOfMillis when the cluster was known to be like this, Unix milliseconds
     */
    public void write(ClusterObjects objects, long asOfMillis) throws IOException {
        Path home = path.toAbsolutePath().getParent();
        Path draft = Files.createTempFile(home, path.getFileName() + ".", ".tmp"); // readable by its owner only
        try {
            CRC32C checksum = new CRC32C();
            try (OutputStream file = Files.newOutputStream(draft);
                    BufferedOutputStream buffered = new BufferedOutputStream(file);
                    DataOutputStream out = new DataOutputStream(new CheckedOutputStream(buffered, checksum))) {
                out.writeInt(MAGIC);
                out.writeInt(SCHEMA);
                out.writeUTF(source);
                out.writeLong(asOfMillis);
                new ObjectWriter(out).write(objects);
                out.writeLong(checksum.getValue());
            }
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                channel.force(true); // else the move may reach the disk before what is moved
            }
            Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** Reads it. @param nowMillis the wall clock, Unix milliseconds */
    public Reading read(long nowMillis) {
        if (!Files.exists(path)) {
            return new Reading.Refused("there is none yet");
        }
        try {
            String broken = checksumFault();
            return broken.isEmpty() ? parsed(nowMillis) : new Reading.Refused(broken);
        } catch (IOException | RuntimeException unreadable) {
            return new Reading.Refused("it cannot be read: " + unreadable);
        }
    }

    /** Whole and unchanged, or not: looked at before any of it is taken for an object. */
    private String checksumFault() throws IOException {
        long content = Files.size(path) - CHECKSUM_OCTETS;
        if (content < 0) {
            return "it is cut short";
        }
        CRC32C checksum = new CRC32C();
        try (InputStream file = new BufferedInputStream(Files.newInputStream(path));
                DataInputStream in = new DataInputStream(new CheckedInputStream(file, checksum))) {
            in.skipNBytes(content);
            long found = checksum.getValue();
            return in.readLong() == found ? "" : "its checksum is not right: it is cut short or was changed";
        }
    }

    private Reading parsed(long nowMillis) throws IOException {
        try (InputStream file = new BufferedInputStream(Files.newInputStream(path));
                DataInputStream in = new DataInputStream(file)) {
            if (in.readInt() != MAGIC) {
                return new Reading.Refused("it is no snapshot");
            }
            int schema = in.readInt();
            if (schema != SCHEMA) {
                return new Reading.Refused("it wants schema " + SCHEMA + ", found " + schema);
            }
            String written = in.readUTF();
            if (!written.equals(source)) {
                return new Reading.Refused("it is of " + written + ", wanted " + source);
            }
            long age = nowMillis - in.readLong();
            if (age < 0 || age > most.toMillis()) {
                return new Reading.Refused("it is " + age / 1000 + " s old, wanted 0.." + most.toSeconds() + " s");
            }
            return new Reading.Usable(new ObjectReader(in).read(), Duration.ofMillis(age));
        }
    }
}
