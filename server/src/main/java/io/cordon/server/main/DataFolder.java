package io.cordon.server.main;

import io.cordon.server.main.StartupFailure.Cause;
import io.cordon.server.platform.MasterKey;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The data folder: only its owner gets in, and only one server at a time. */
final class DataFolder implements AutoCloseable {

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private final Path path;
    private final FileChannel lockFile;
    private final FileLock lock;

    private DataFolder(Path path, FileChannel lockFile, FileLock lock) {
        this.path = path;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /** Makes the folder when it is not there and takes its lock. */
    static DataFolder open(Path configured) throws StartupFailure {
        Path path = configured.toAbsolutePath().normalize();
        FileChannel channel = null;
        try {
            makePrivate(path);
            channel =
                    FileChannel.open(path.resolve("server.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new StartupFailure(
                        Cause.ALREADY_RUNNING,
                        "Another Cordon server runs on the data folder " + path
                                + ": stop it, or give this one its own folder with CORDON_DATA.");
            }
            return new DataFolder(path, channel, lock);
        } catch (IOException e) {
            throw new StartupFailure(
                    Cause.DATA_FOLDER,
                    "The data folder " + path + " cannot be used (" + e
                            + "): make it writable for this user, or choose another with CORDON_DATA.",
                    e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException sameProcess) {
            return null;
        }
    }

    Path path() {
        return path;
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    /** A folder inside, for the owner alone. */
    Path folder(String name) throws IOException {
        Path folder = path.resolve(name);
        makePrivate(folder);
        return folder;
    }

    /** Writes a file for the owner alone, in whole or not at all. */
    void write(String name, byte[] content) throws IOException {
        write(path, name, content);
    }

    /** {@link #write(String, byte[])} for whoever has only the folder's path. */
    static void write(Path folder, String name, byte[] content) throws IOException {
        Path target = folder.resolve(name);
        Path temporary = target.resolveSibling(target.getFileName() + ".new");
        Files.deleteIfExists(temporary);
        createPrivate(temporary);
        Files.write(temporary, content);
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The text of a file, without surrounding blanks; empty when it is not there. */
    Optional<String> text(String name) throws IOException {
        Path file = path.resolve(name);
        return Files.exists(file)
                ? Optional.of(Files.readString(file, StandardCharsets.UTF_8).strip())
                : Optional.empty();
    }

    /** The master key of the file, or empty when there is no file. */
    Optional<MasterKey> masterKey() throws IOException, StartupFailure {
        Path file = path.resolve("master.key");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        byte[] bytes = Files.readAllBytes(file);
        if (bytes.length != MasterKey.LENGTH) {
            throw new StartupFailure(
                    Cause.MASTER_KEY,
                    file + ": " + bytes.length + " bytes (expected: " + MasterKey.LENGTH
                            + "): restore the master key from its backup.");
        }
        return Optional.of(new MasterKey(bytes));
    }

    MasterKey createMasterKey() throws IOException {
        byte[] bytes = new byte[MasterKey.LENGTH];
        new SecureRandom().nextBytes(bytes);
        write("master.key", bytes);
        return new MasterKey(bytes);
    }

    private static void makePrivate(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        if (POSIX) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(folder);
        }
    }

    private static void createPrivate(Path file) throws IOException, FileAlreadyExistsException {
        if (POSIX) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(file);
        }
    }

    @Override
    public void close() {
        try {
            lock.release();
            lockFile.close();
        } catch (IOException e) {
            // The lock ends with the process anyway.
            System.err.println("cordon: " + e);
        }
    }
}
