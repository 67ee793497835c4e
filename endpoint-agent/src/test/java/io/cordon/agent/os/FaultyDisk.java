package io.cordon.agent.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/** A disk of a given size over a real directory: what does not fit is written in part, then fails, as a real one does. */
public final class FaultyDisk implements AppendFile.Opener {
    private final Path directory;
    private long size;
    private boolean truncateFails;

    public FaultyDisk(Path directory, long size) {
        this.directory = directory;
        this.size = size;
    }

    public void setSize(long size) {
        this.size = size;
    }

    public void setTruncateFails(boolean fails) {
        this.truncateFails = fails;
    }

    public long used() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            long sum = 0;
            for (Path file : files.toList()) {
                sum += Files.size(file);
            }
            return sum;
        }
    }

    @Override
    public AppendFile open(Path file) throws IOException {
        AppendFile real = AppendFile.onDisk(file);
        return new AppendFile() {
            @Override
            public byte[] readAll() throws IOException {
                return real.readAll();
            }

            @Override
            public void write(long position, byte[] bytes) throws IOException {
                long growth = Math.max(0, position + bytes.length - Files.size(file));
                long free = Math.max(0, size - used());
                if (growth > free) {
                    real.write(
                            position, Arrays.copyOf(bytes, (int) Math.min(bytes.length, bytes.length - growth + free)));
                    throw new IOException("No space left on device");
                }
                real.write(position, bytes);
            }

            @Override
            public void truncate(long length) throws IOException {
                if (truncateFails) {
                    throw new IOException("Input/output error");
                }
                real.truncate(length);
            }

            @Override
            public void sync() throws IOException {
                real.sync();
            }

            @Override
            public void close() throws IOException {
                real.close();
            }
        };
    }
}
