package io.cordon.agent.os;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** The few file operations a log needs, apart so that a test can let each of them fail. */
public interface AppendFile extends Closeable {
    byte[] readAll() throws IOException;

    /** Writes all bytes at the position, or throws after having written some of them. */
    void write(long position, byte[] bytes) throws IOException;

    void truncate(long length) throws IOException;

    /** Returns when everything written is on the disk. */
    void sync() throws IOException;

    /** Opens such a file, making it (mode 0600) if it does not exist. */
    @FunctionalInterface
    interface Opener {
        AppendFile open(Path file) throws IOException;
    }

    /**
     * Opens a file of the real file system. Not through {@link FileChannel}: that closes itself when a writing thread is
     * interrupted, and a log must outlive the thread that happens to write.
     */
    static AppendFile onDisk(Path file) throws IOException {
        if (Files.notExists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            syncDirectory(file.toAbsolutePath().getParent());
        }
        RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw");
        return new AppendFile() {
            @Override
            public byte[] readAll() throws IOException {
                byte[] all = new byte[Math.toIntExact(raw.length())];
                raw.seek(0);
                raw.readFully(all);
                return all;
            }

            @Override
            public void write(long position, byte[] bytes) throws IOException {
                raw.seek(position);
                raw.write(bytes);
            }

            @Override
            public void truncate(long length) throws IOException {
                raw.setLength(length);
            }

            @Override
            public void sync() throws IOException {
                raw.getFD().sync();
            }

            @Override
            public void close() throws IOException {
                raw.close();
            }
        };
    }

    /** Makes the names in a directory durable: a new file exists after a crash only once its directory is synced. */
    static void syncDirectory(@org.jspecify.annotations.Nullable Path directory) throws IOException {
        if (directory != null) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
