package io.cordon.agent.os.windows.service;

import io.cordon.agent.os.SecretStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Secrets as files of a protected folder, sealed for the service besides: a copy of the disk is then not enough. What an
 * administrator's command writes (enrollment) cannot be sealed for the service from there; it waits under the folder's
 * protection alone and is sealed by the service when that reads it first. A file that others may read is not trusted any more.
 */
public final class WindowsSecretStore implements SecretStore {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,63}");

    /** First byte of a file: who can open it. */
    private static final byte HANDED_OVER = 0;

    private static final byte SEALED = 1;

    private final Path directory;
    private final FileSecurity files;
    private final DataProtection protection;

    /** @param directory which exists, with the descriptor of {@link ProtectedFolders} */
    public WindowsSecretStore(Path directory, FileSecurity files, DataProtection protection) {
        this.directory = directory;
        this.files = files;
        this.protection = protection;
    }

    @Override
    public Optional<byte[]> read(String name) throws IOException {
        Path file = file(name);
        FileSecurity.Found found = files.look(file);
        if (found instanceof FileSecurity.Found.Missing) {
            return Optional.empty();
        }
        requirePrivate(file, found);
        byte[] stored = Files.readAllBytes(file);
        if (stored.length == 0) {
            throw new IOException(file + ": empty (expected: a secret); replace the secret");
        }
        byte[] rest = Arrays.copyOfRange(stored, 1, stored.length);
        switch (stored[0]) {
            case SEALED -> {
                return Optional.of(open(file, name, rest));
            }
            case HANDED_OVER -> {
                if (protection.asService()) {
                    write(name, rest);
                }
                return Optional.of(rest);
            }
            default ->
                throw new IOException(file + ": begins with " + stored[0] + " (expected: 0 or 1); replace the secret");
        }
    }

    private byte[] open(Path file, String name, byte[] sealed) throws IOException {
        try {
            return protection.open(sealed, purpose(name));
        } catch (IOException e) {
            throw new IOException(
                    file + ": cannot be opened (" + e.getMessage() + "). "
                            + (protection.asService()
                                    ? "It was sealed on another machine or is damaged: replace the secret"
                                    : "It is sealed for the service: run this command as SYSTEM, as the installer does"),
                    e);
        }
    }

    private static void requirePrivate(Path file, FileSecurity.Found found) throws IOException {
        if (!(found instanceof FileSecurity.Found.There there) || there.folder()) {
            throw new IOException(file + ": not a file (expected: a secret); replace the secret");
        }
        if (!ProtectedFolders.TRUSTED.contains(there.owner())
                || !ProtectedFolders.TRUSTED.containsAll(there.trustees())) {
            throw new IOException(file + ": owner " + there.owner() + ", open to " + there.trustees()
                    + " (expected: SYSTEM and Administrators only); others may have read it, so replace the secret");
        }
    }

    @Override
    public void write(String name, byte[] value) throws IOException {
        Path file = file(name);
        if (value.length > MAX_LENGTH) {
            throw new IllegalArgumentException(name + ": " + value.length + " bytes (expected: <= " + MAX_LENGTH + ")");
        }
        boolean sealed = protection.asService();
        byte[] content = sealed ? protection.seal(value, purpose(name)) : value;
        Path fresh = Files.createTempFile(directory, ".new-", "");
        try {
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
                ByteBuffer bytes = ByteBuffer.allocate(content.length + 1)
                        .put(sealed ? SEALED : HANDED_OVER)
                        .put(content)
                        .flip();
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
        files.flush(file);
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(file(name));
    }

    /** Sealed to its name, so that one secret cannot be put in the place of another. */
    private static byte[] purpose(String name) {
        return ("cordon:" + name).getBytes(StandardCharsets.US_ASCII);
    }

    private Path file(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "secret name: " + name + " (expected: lower-case letters, digits, dot and dash)");
        }
        return directory.resolve(name);
    }
}
