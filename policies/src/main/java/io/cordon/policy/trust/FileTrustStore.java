package io.cordon.policy.trust;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * A store in a directory: {@code root.json}, {@code timestamp.json}, {@code snapshot.json}, {@code targets.json} byte for byte
 * as received, {@code cache/<hash>} for targets, and {@code lock}, which processes hold in turn.
 *
 * <p>The directory is made readable by its owner only. A file is replaced by writing a temporary one, forcing it to disk and
 * renaming it, so that after a crash there is the old or the new one, never a part.
 */
public final class FileTrustStore implements TrustStore {
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    /** A file lock excludes processes only; within this one, threads take turns by directory. */
    private static final Map<Path, Semaphore> TURNS = new ConcurrentHashMap<>();

    private final Path directory;
    private final Path cache;
    private final Semaphore turn;

    /** Makes the directory if there is none. */
    public FileTrustStore(Path directory) throws IOException {
        makeDirectory(directory);
        this.directory = directory.toRealPath();
        this.cache = this.directory.resolve("cache");
        makeDirectory(cache);
        this.turn = TURNS.computeIfAbsent(this.directory, each -> new Semaphore(1, true));
    }

    @Override
    public Lock lock() throws IOException {
        turn.acquireUninterruptibly();
        FileChannel channel = null;
        try {
            channel = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            return new Held(turn, channel, channel.lock());
        } catch (IOException | RuntimeException e) {
            turn.release();
            if (channel != null) {
                channel.close();
            }
            throw e;
        }
    }

    private record Held(Semaphore turn, FileChannel channel, FileLock held) implements Lock {
        @Override
        public void close() throws IOException {
            try {
                held.release();
                channel.close();
            } finally {
                turn.release();
            }
        }
    }

    @Override
    public Optional<byte[]> read(StoredFile file) throws IOException {
        return readIfThere(directory.resolve(file.fileName()));
    }

    @Override
    public void write(StoredFile file, byte[] bytes) throws IOException {
        replace(directory, file.fileName(), bytes);
    }

    @Override
    public void delete(StoredFile file) throws IOException {
        if (Files.deleteIfExists(directory.resolve(file.fileName()))) {
            forceDirectory(directory);
        }
    }

    @Override
    public Optional<byte[]> readTarget(String hash) throws IOException {
        return readIfThere(cache.resolve(TrustStore.requireHash(hash)));
    }

    @Override
    public void writeTarget(String hash, byte[] bytes) throws IOException {
        replace(cache, TrustStore.requireHash(hash), bytes);
    }

    @Override
    public void retainTargets(Set<String> hashes) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(cache)) {
            for (Path entry : entries) {
                if (!hashes.contains(String.valueOf(entry.getFileName()))) {
                    Files.deleteIfExists(entry);
                }
            }
        }
    }

    private static Optional<byte[]> readIfThere(Path file) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static void replace(Path directory, String name, byte[] bytes) throws IOException {
        Path temporary = directory.resolve(name + ".new");
        try (FileChannel channel = FileChannel.open(
                temporary,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS)) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
        Files.move(
                temporary,
                directory.resolve(name),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        forceDirectory(directory);
    }

    /** Makes a rename durable. Windows has no such call for directories; NTFS journals the rename itself. */
    private static void forceDirectory(Path directory) throws IOException {
        if (POSIX) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static void makeDirectory(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        FileAttribute<?>[] attributes = POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
        Files.createDirectories(directory, attributes);
    }
}
