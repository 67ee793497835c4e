package io.cordon.agent.telemetry.upload;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Records that the server will never take, kept aside for whoever wants to know why. Bounded: above the limit the oldest go,
 * counted. Never an obstacle: a record that cannot even be put aside is counted and logged.
 */
final class Quarantine {
    static final int MOST_FILES = 100;
    static final long MOST_BYTES = 8L << 20;
    private static final Logger LOG = Logger.getLogger(Quarantine.class.getName());

    private final Path directory;
    private final Deque<Path> files = new ArrayDeque<>();
    private long bytes;
    private long next;
    private long taken;
    private long dropped;

    /** @param directory made when it is first needed */
    Quarantine(Path directory) throws IOException {
        this.directory = directory;
        if (Files.isDirectory(directory)) {
            List<Path> found = new ArrayList<>();
            try (DirectoryStream<Path> each = Files.newDirectoryStream(directory, "*.otlp")) {
                each.forEach(found::add);
            }
            Collections.sort(found);
            for (Path file : found) {
                files.add(file);
                bytes += Files.size(file);
                String name = String.valueOf(file.getFileName());
                next = Math.max(next, Long.parseLong(name.substring(0, name.indexOf('.'))) + 1);
            }
        }
    }

    synchronized void take(byte[] record, String why) {
        taken++;
        LOG.log(Level.WARNING, "a record was put aside, the server refuses it: {0}", why);
        try {
            Files.createDirectories(directory);
            Path file = directory.resolve("%016d.otlp".formatted(next++));
            Files.write(file, record);
            files.add(file);
            bytes += record.length;
            while (files.size() > MOST_FILES || bytes > MOST_BYTES) {
                Path oldest = files.removeFirst();
                bytes -= Files.size(oldest);
                Files.delete(oldest);
                dropped++;
            }
        } catch (IOException e) {
            dropped++;
            LOG.log(Level.WARNING, "a refused record could not be put aside: {0}", e.getMessage());
        }
    }

    /** Refused records since start. */
    synchronized long taken() {
        return taken;
    }

    /** Of those and of earlier ones, how many are gone. */
    synchronized long dropped() {
        return dropped;
    }
}
