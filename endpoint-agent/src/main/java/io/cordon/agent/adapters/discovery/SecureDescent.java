package io.cordon.agent.adapters.discovery;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Down by {@code openat} without links: whatever is renamed meanwhile, each step is below the folder that was opened before. A folder
 * or file counts as readable when it belongs to the tree's owner or everybody may read it; groups are left out of account.
 */
final class SecureDescent implements Descent {
    private final Path root;

    SecureDescent(Path root) {
        this.root = root;
    }

    static boolean possible(Path root) throws IOException {
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(root)) {
            return stream instanceof SecureDirectoryStream<Path>;
        }
    }

    @Override
    public Optional<Step> open(List<String> names) throws IOException {
        SecureDirectoryStream<Path> at = secure(Files.newDirectoryStream(root));
        boolean given = false;
        try {
            UserPrincipal owner = attributes(at).owner();
            for (String name : names) {
                PosixFileAttributes there = attributes(at, name);
                // looked at first, because opening something else, such as a pipe, may wait
                if (!there.isDirectory() || !may(there, owner, PosixFilePermission.OTHERS_EXECUTE)) {
                    return Optional.empty();
                }
                SecureDirectoryStream<Path> next = at.newDirectoryStream(Path.of(name), LinkOption.NOFOLLOW_LINKS);
                at.close();
                at = next;
                if (!may(attributes(at), owner, PosixFilePermission.OTHERS_EXECUTE)) {
                    return Optional.empty();
                }
            }
            given = true;
            return Optional.of(new Folder(at, owner));
        } finally {
            if (!given) {
                at.close();
            }
        }
    }

    private static SecureDirectoryStream<Path> secure(DirectoryStream<Path> stream) throws IOException {
        if (stream instanceof SecureDirectoryStream<Path> secure) {
            return secure;
        }
        stream.close();
        throw new IOException("this file system does not open files relative to a folder");
    }

    private static PosixFileAttributes attributes(SecureDirectoryStream<Path> folder) throws IOException {
        return folder.getFileAttributeView(PosixFileAttributeView.class).readAttributes();
    }

    private static PosixFileAttributes attributes(SecureDirectoryStream<Path> folder, String name) throws IOException {
        return folder.getFileAttributeView(Path.of(name), PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes();
    }

    private static boolean may(PosixFileAttributes attributes, UserPrincipal owner, PosixFilePermission others) {
        return attributes.owner().equals(owner) || attributes.permissions().contains(others);
    }

    /** One open folder. */
    private record Folder(SecureDirectoryStream<Path> stream, UserPrincipal owner) implements Step {
        @Override
        public Optional<Found> find(String name) throws IOException {
            try {
                PosixFileAttributes found = attributes(stream, name);
                return Optional.of(new Found(found, may(found, owner, PosixFilePermission.OTHERS_READ)));
            } catch (NoSuchFileException e) {
                return Optional.empty();
            }
        }

        /** The stream itself: it is read once, and closed with the step. */
        @Override
        public DirectoryStream<Path> entries() throws IOException {
            PosixFileAttributes own = attributes(stream);
            if (!may(own, owner, PosixFilePermission.OTHERS_READ)) {
                throw new NoSuchFileException("a folder that is not the owner's to list");
            }
            return stream;
        }

        @Override
        public SeekableByteChannel file(String name) throws IOException {
            return stream.newByteChannel(Path.of(name), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        }

        @Override
        public void close() throws IOException {
            stream.close();
        }
    }
}
