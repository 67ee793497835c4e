package io.cordon.agent.adapters.settings;

import io.cordon.agent.os.Custody;
import io.cordon.agent.os.PrivateFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Managed files on the disk: read within a bound, replaced whole, below folders that only the system can change. */
final class ManagedFiles {
    /** Longest file that is kept in the ledger, in bytes; vendors' settings are a few kilobytes. */
    static final int MAX_BYTES = 256 << 10;

    private final Path root;
    private final Custody custody;

    /** What stands at a path. */
    sealed interface Found {
        record Missing() implements Found {}

        record There(byte[] content, String rights) implements Found {}

        /** Something that is not taken over. */
        record Refused(String reason) implements Found {}
    }

    ManagedFiles(Path root, Custody custody) {
        this.root = root;
        this.custody = custody;
    }

    Found look(Path file) throws IOException {
        Optional<String> distrust = distrust(file);
        if (distrust.isPresent()) {
            return new Found.Refused(distrust.get());
        }
        try {
            BasicFileAttributes found =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!found.isRegularFile()) {
                return new Found.Refused(
                        file + ": " + (found.isSymbolicLink() ? "a link" : "not a file") + " (expected: a plain file)");
            }
            byte[] content = read(file);
            return content == null
                    ? new Found.Refused(
                            file + ": more than " + MAX_BYTES + " bytes, which are not kept (expected: fewer)")
                    : new Found.There(content, custody.rights(file));
        } catch (NoSuchFileException e) {
            return new Found.Missing();
        }
    }

    private static byte @Nullable [] read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] content = in.readNBytes(MAX_BYTES + 1);
            return content.length > MAX_BYTES ? null : content;
        }
    }

    /** From the root down; what is not there yet will be made. */
    private Optional<String> distrust(Path file) throws IOException {
        for (Path folder : way(file)) {
            try {
                Optional<String> distrust = custody.distrust(folder, folder.equals(file.getParent()));
                if (distrust.isPresent()) {
                    return distrust;
                }
            } catch (NoSuchFileException e) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Folders that lead to the file and are not there, outer before inner. */
    List<Path> missingFolders(Path file) {
        return way(file).stream()
                .filter(folder -> Files.notExists(folder, LinkOption.NOFOLLOW_LINKS))
                .toList();
    }

    private List<Path> way(Path file) {
        List<Path> way = new ArrayList<>();
        for (Path at = file.getParent(); at != null && at.startsWith(root); at = at.getParent()) {
            way.add(at);
        }
        Collections.reverse(way);
        return way;
    }

    void makeFolder(Path folder) throws IOException {
        custody.makeFolder(folder);
        PrivateFiles.syncDirectory(folder.getParent());
    }

    /**
     * Replaces the file whole: a crash leaves the old one or the new one.
     *
     * @param rights from {@link Custody#rights}; null seals it
     */
    void put(Path file, byte[] content, @Nullable String rights) throws IOException {
        Path fresh = fresh(file);
        Files.deleteIfExists(fresh);
        try (FileChannel channel = FileChannel.open(
                fresh, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), PrivateFiles.attributes())) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        if (rights == null) {
            custody.seal(fresh);
        } else {
            custody.give(fresh, rights);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        PrivateFiles.syncDirectory(file.getParent());
    }

    void remove(Path file) throws IOException {
        Files.deleteIfExists(fresh(file));
        if (Files.deleteIfExists(file)) {
            PrivateFiles.syncDirectory(file.getParent());
        }
    }

    /** In the same folder, and with an ending that no vendor reads. */
    private static Path fresh(Path file) {
        return file.resolveSibling("." + file.getFileName() + ".cordon-new");
    }

    String stamp(Path file) throws IOException {
        return custody.stamp(file);
    }

    boolean sealed(String rights) throws IOException {
        return custody.sealed(rights);
    }
}
