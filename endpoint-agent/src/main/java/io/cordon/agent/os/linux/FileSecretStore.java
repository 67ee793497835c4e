package io.cordon.agent.os.linux;

import io.cordon.agent.os.PrivateFiles;
import io.cordon.agent.os.SecretStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Secrets as files of mode 0600 in a directory of mode 0700. A file that others may read is not trusted any more. */
public final class FileSecretStore implements SecretStore {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,63}");
    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final Path directory;

    /** @param directory which exists, owned by the agent */
    public FileSecretStore(Path directory) {
        this.directory = directory;
    }

    @Override
    public Optional<byte[]> read(String name) throws IOException {
        Path file = file(name);
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
            if (!OWNER.containsAll(permissions) || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException(file + ": mode " + PosixFilePermissions.toString(permissions)
                        + " (expected: a file of mode 0600); others may have read it, so replace the secret");
            }
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public void write(String name, byte[] value) throws IOException {
        Path file = file(name);
        if (value.length > MAX_LENGTH) {
            throw new IllegalArgumentException(name + ": " + value.length + " bytes (expected: <= " + MAX_LENGTH + ")");
        }
        Path fresh = Files.createTempFile(
                directory, ".new-", "", PosixFilePermissions.asFileAttribute(EnumSet.copyOf(OWNER)));
        try {
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(value);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
        PrivateFiles.syncDirectory(directory);
    }

    @Override
    public void delete(String name) throws IOException {
        if (Files.deleteIfExists(file(name))) {
            PrivateFiles.syncDirectory(directory);
        }
    }

    private Path file(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "secret name: " + name + " (expected: lower-case letters, digits, dot and dash)");
        }
        return directory.resolve(name);
    }
}
