package io.cordon.agent.adapters.discovery;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Down by paths, for Windows: each folder on the way is looked at before and after the file is opened, and must be no link and no
 * junction. Between the two looks a folder can be swapped; what is read then still only leaves as what a coding agent's settings say.
 * Who may read is not asked here: a user of Windows cannot link to a file that he may not write to.
 */
final class CheckedDescent implements Descent {
    private final Path root;

    CheckedDescent(Path root) {
        this.root = root;
    }

    @Override
    public Optional<Step> open(List<String> names) throws IOException {
        return way(root, names) ? Optional.of(new Folder(root, List.copyOf(names))) : Optional.empty();
    }

    private static boolean way(Path root, List<String> names) throws IOException {
        Path at = root;
        for (String name : names) {
            at = at.resolve(name);
            BasicFileAttributes there = Files.readAttributes(at, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!there.isDirectory() || there.isOther()) {
                return false;
            }
        }
        return true;
    }

    private record Folder(Path root, List<String> names) implements Step {
        private Path path() {
            return root.resolve(String.join("/", names));
        }

        private void recheck() throws IOException {
            if (!way(root, names)) {
                throw new NoSuchFileException(path().toString());
            }
        }

        @Override
        public Optional<Found> find(String name) throws IOException {
            recheck();
            try {
                return Optional.of(new Found(
                        Files.readAttributes(
                                path().resolve(name), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS),
                        true));
            } catch (NoSuchFileException e) {
                return Optional.empty();
            }
        }

        @Override
        public DirectoryStream<Path> entries() throws IOException {
            DirectoryStream<Path> entries = Files.newDirectoryStream(path());
            recheck();
            return entries;
        }

        @Override
        public SeekableByteChannel file(String name) throws IOException {
            SeekableByteChannel file = Files.newByteChannel(
                    path().resolve(name), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
            recheck();
            return file;
        }

        @Override
        public void close() {
            // nothing is held open
        }
    }
}
