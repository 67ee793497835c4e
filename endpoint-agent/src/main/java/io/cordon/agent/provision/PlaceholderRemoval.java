package io.cordon.agent.provision;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Removes an empty placeholder from a directory that belongs to a user. The agent is root there and the user is not to be
 * trusted: the way down is opened component by component without following links, and only an empty file or directory of that
 * very user goes.
 */
final class PlaceholderRemoval {
    private PlaceholderRemoval() {}

    /**
     * @throws DirectoryNotEmptyException when it is not the empty thing that was made, but somebody's own by now
     * @throws NoSuchFileException when it, or the way to it, is gone
     */
    static void remove(Path path, boolean directory, int uid) throws IOException {
        Deque<SecureDirectoryStream<Path>> way = new ArrayDeque<>();
        try {
            SecureDirectoryStream<Path> at = secure(Files.newDirectoryStream(Path.of("/")));
            way.push(at);
            for (Path component : path.getParent() == null ? Path.of("") : path.getParent()) {
                at = secure(open(at, component));
                way.push(at);
            }
            removeFrom(at, path, directory, uid);
        } finally {
            while (!way.isEmpty()) {
                way.pop().close();
            }
        }
    }

    private static DirectoryStream<Path> open(SecureDirectoryStream<Path> parent, Path name) throws IOException {
        try {
            return parent.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            // A link or a file stands where a directory was: what was made is not there any more.
            NoSuchFileException gone = new NoSuchFileException(name.toString(), null, "not the directory it was");
            gone.initCause(e);
            throw gone;
        }
    }

    private static SecureDirectoryStream<Path> secure(DirectoryStream<Path> stream) throws IOException {
        if (stream instanceof SecureDirectoryStream<Path> secure) {
            return secure;
        }
        stream.close();
        throw new IOException("this file system cannot be walked without following links");
    }

    private static void removeFrom(SecureDirectoryStream<Path> parent, Path path, boolean directory, int uid)
            throws IOException {
        Path name = path.getFileName();
        BasicFileAttributes found = parent.getFileAttributeView(
                        name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes();
        boolean same = directory ? found.isDirectory() : found.isRegularFile() && found.size() == 0;
        if (!same || !ownedBy(parent, name, uid)) {
            throw new DirectoryNotEmptyException(path.toString());
        }
        if (directory) {
            parent.deleteDirectory(name);
        } else {
            parent.deleteFile(name);
        }
    }

    private static boolean ownedBy(SecureDirectoryStream<Path> parent, Path name, int uid) throws IOException {
        UserPrincipal owner = parent.getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes()
                .owner();
        // Principals are compared by their number, and a number stands for itself where no account has it as its name.
        return owner.equals(
                FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(Integer.toString(uid)));
    }
}
