package io.cordon.agent.os;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** The few file operations a log needs, apart so that a test can let each of them fail. */
public interface AppendFile extends Closeable {
    byte[] readAll() throws IOException;

    /** Writes all bytes at the position, or throws after having written some of them. */
    void write(long position, byte[] bytes) throws IOException;

    void truncate(long length) throws IOException;

    /** Returns when everything written is on the disk. */
    void sync() throws IOException;

    /** Opens such a file, making it (for the agent alone) if it does not exist. */
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
            Files.createFile(file, PrivateFiles.attributes());
            PrivateFiles.syncDirectory(file.toAbsolutePath().getParent());
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
}
