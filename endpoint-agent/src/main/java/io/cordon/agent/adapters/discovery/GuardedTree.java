package io.cordon.agent.adapters.discovery;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The rules of a {@link FileTree} over some way to go down into folders. */
final class GuardedTree implements FileTree {
    private static final int MAX_DEPTH = 32;

    private final Path root;
    private final String owner;
    private final Descent descent;

    private GuardedTree(Path root, String owner, Descent descent) {
        this.root = root;
        this.owner = owner;
        this.descent = descent;
    }

    /**
     * A tree below a folder whose place its owner does not choose, such as a home.
     *
     * @throws IOException when it is no folder or cannot be opened
     */
    static GuardedTree of(Path root) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(root, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isDirectory() || attributes.isOther()) {
            throw new NotDirectoryException(root.toString());
        }
        String owner = Files.getOwner(root, LinkOption.NOFOLLOW_LINKS).getName();
        return new GuardedTree(
                root, owner, SecureDescent.possible(root) ? new SecureDescent(root) : new CheckedDescent(root));
    }

    /** As {@link #of}, with the way that systems without {@code openat} have. */
    static GuardedTree checked(Path root) throws IOException {
        return new GuardedTree(
                root, Files.getOwner(root, LinkOption.NOFOLLOW_LINKS).getName(), new CheckedDescent(root));
    }

    @Override
    public String root() {
        return root.toString();
    }

    @Override
    public String owner() {
        return owner;
    }

    private interface Use<T> {
        T of(Descent.Step folder, String name) throws IOException;
    }

    private static List<String> parts(String path) throws IOException {
        List<String> names = path.isEmpty() ? List.of() : List.of(path.split("/"));
        if (names.size() > MAX_DEPTH
                || names.stream()
                        .anyMatch(name -> name.isEmpty()
                                || name.equals(".")
                                || name.equals("..")
                                || name.indexOf('\\') >= 0
                                || name.indexOf('\0') >= 0
                                || name.indexOf(':') >= 0 && name.length() == 2)) {
            throw new FileSystemException(path, null, "not a path below " + MAX_DEPTH + " folders");
        }
        return names;
    }

    private <T> Optional<T> inFolder(String path, Use<Optional<T>> use) throws IOException {
        List<String> names = parts(path);
        if (names.isEmpty()) {
            return Optional.empty();
        }
        try {
            Optional<Descent.Step> folder = descent.open(names.subList(0, names.size() - 1));
            if (folder.isEmpty()) {
                return Optional.empty();
            }
            try (Descent.Step step = folder.get()) {
                return use.of(step, names.get(names.size() - 1));
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<Entry> look(String path) throws IOException {
        return inFolder(path, (folder, name) -> folder.find(name).map(GuardedTree::entry));
    }

    private static Entry entry(Descent.Found found) {
        BasicFileAttributes attributes = found.attributes();
        return new Entry(
                kind(attributes),
                attributes.size(),
                attributes.lastModifiedTime().toInstant());
    }

    /** A junction of Windows is a folder and something else. */
    private static Kind kind(BasicFileAttributes attributes) {
        if (attributes.isSymbolicLink()) {
            return Kind.LINK;
        }
        if (attributes.isOther()) {
            return Kind.OTHER;
        }
        return attributes.isDirectory() ? Kind.FOLDER : Kind.FILE;
    }

    @Override
    public List<String> names(String folder, int most) throws IOException {
        try {
            Optional<Descent.Step> opened = descent.open(parts(folder));
            if (opened.isEmpty()) {
                return List.of();
            }
            try (Descent.Step step = opened.get();
                    DirectoryStream<Path> entries = step.entries()) {
                List<String> names = new ArrayList<>();
                for (Path entry : entries) {
                    if (names.size() == most) {
                        break;
                    }
                    names.add(String.valueOf(entry.getFileName()));
                }
                Collections.sort(names);
                return names;
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
    }

    @Override
    public Optional<byte[]> read(String path, int most) throws IOException {
        return inFolder(path, (folder, name) -> {
            Optional<Descent.Found> found = folder.find(name);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            check(path, found.get(), most);
            byte[] bytes;
            try (SeekableByteChannel channel = folder.file(name)) {
                bytes = all(channel, most);
            }
            Descent.Found after = folder.find(name).orElse(null);
            if (after == null || !same(found.get(), after)) {
                throw refused(path, "changed while it was read");
            }
            if (bytes.length > most) {
                throw refused(path, "longer than " + most + " bytes");
            }
            return Optional.of(bytes);
        });
    }

    private void check(String path, Descent.Found found, int most) throws IOException {
        switch (kind(found.attributes())) {
            case LINK -> throw refused(path, "a link, which is not followed");
            case FOLDER, OTHER -> throw refused(path, "not a regular file");
            case FILE -> {
                if (!found.readable()) {
                    throw refused(path, "not " + owner + "'s to read");
                }
                if (found.attributes().size() > most) {
                    throw refused(path, "longer than " + most + " bytes");
                }
            }
        }
    }

    private static boolean same(Descent.Found one, Descent.Found other) {
        Object key = one.attributes().fileKey();
        return other.attributes().isRegularFile()
                && other.readable()
                && (key == null || key.equals(other.attributes().fileKey()));
    }

    private static byte[] all(SeekableByteChannel channel, int most) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(16 << 10);
        while (out.size() <= most && channel.read(buffer) >= 0) {
            out.write(buffer.array(), 0, buffer.position());
            buffer.clear();
        }
        return out.toByteArray();
    }

    private static IOException refused(String path, String why) {
        return new FileSystemException(path, null, why);
    }

    @Override
    public Optional<String> link(String path) throws IOException {
        return inFolder(path, (folder, name) -> {
            Optional<Descent.Found> found = folder.find(name);
            if (found.isEmpty() || !found.get().attributes().isSymbolicLink()) {
                return Optional.empty();
            }
            try {
                return Optional.of(Files.readSymbolicLink(root.resolve(path)).toString());
            } catch (NotLinkException e) {
                return Optional.empty();
            }
        });
    }
}
