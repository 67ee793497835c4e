package io.cordon.agent.telemetry;

import io.cordon.agent.os.AppendFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Room on the disk that is held back for the records of the runs under way. */
final class SpoolReserve {
    private final Path directory;
    private final AppendFile.Opener opener;
    private final int bytes;

    SpoolReserve(Path directory, AppendFile.Opener opener, int bytes) {
        this.directory = directory;
        this.opener = opener;
        this.bytes = bytes;
    }

    private Path file() {
        return directory.resolve("reserve");
    }

    /**
     * Makes it when it is not there.
     *
     * @throws IOException the disk has no room for it, with a message that names the directory and what to do
     */
    void hold() throws IOException {
        Path reserve = file();
        if (Files.exists(reserve) && Files.size(reserve) == bytes) {
            return;
        }
        try (AppendFile file = opener.open(reserve)) {
            // Real bytes, not a hole: only those are there when they are needed.
            file.write(0, new byte[bytes]);
            file.sync();
        } catch (IOException e) {
            Files.deleteIfExists(reserve);
            throw new IOException(
                    "the record of a run cannot be kept: " + directory + " has no room left for " + bytes / 1024
                            + " KiB (" + e.getMessage() + "); free space on that disk",
                    e);
        }
    }

    /** False when there was none to give up. */
    boolean giveUp() throws IOException {
        return Files.deleteIfExists(file());
    }
}
