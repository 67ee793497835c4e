package io.cordon.agent.main;

import io.cordon.agent.os.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One agent at a time owns a folder; the kernel takes the lock back however the agent ends. */
final class Ownership implements AutoCloseable {
    private static final String FILE = "agent.lock";
    private static final int LONGEST_PID = 20;

    /** The locked byte lies behind the process id, because Windows lets nobody else read what is locked. */
    private static final long LOCKED = 1 << 20;

    private final Path file;
    private final FileChannel channel;

    private Ownership(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** @throws CommandException when another agent owns the folder; the message names its process */
    static Ownership of(Path folder) throws CommandException {
        Path file = folder.resolve(FILE);
        try {
            FileChannel channel = FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                    PrivateFiles.attributes());
            if (!locked(channel)) {
                String owner = owner(channel);
                channel.close();
                throw new CommandException(
                        ExitCode.OWNED,
                        folder + " belongs to a running agent (pid " + owner
                                + "). Stop it first (" + Machine.here().stopCommand()
                                + "), or use another --data and --runtime");
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)),
                    0);
            return new Ownership(file, channel);
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.IO, file + " cannot be used: " + e.getMessage() + ". Check the folder's disk and owner");
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            @Nullable FileLock lock = channel.tryLock(LOCKED, 1, false);
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static String owner(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(LONGEST_PID);
        channel.read(text, 0);
        String pid = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII).strip();
        return pid.matches("[0-9]+") ? pid : "unknown";
    }

    /** Gives the folder up for good: an uninstall does this last. */
    void remove() throws IOException {
        if (PrivateFiles.BY_MODE) {
            // While it is still locked, so that no other agent takes a lock that is about to vanish.
            Files.delete(file);
            channel.close();
        } else {
            // An open file would stay in its folder; who takes the lock in between makes the deletion fail, which is
            // said.
            channel.close();
            Files.delete(file);
        }
    }

    /** The lock's file. */
    static Path file(Path folder) {
        return folder.resolve(FILE);
    }

    static boolean exists(Path folder) {
        return Files.exists(file(folder));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
