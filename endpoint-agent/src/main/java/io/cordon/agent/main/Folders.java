package io.cordon.agent.main;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Folders of the agent, made or put right before anything is read from them. */
final class Folders {
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> PUBLIC = PosixFilePermissions.fromString("rwxr-xr-x");

    private Folders() {}

    /** A folder that only root may enter. */
    static void prepare(Path folder) throws CommandException {
        prepare(folder, PRIVATE);
    }

    /** The folder of the local socket, which everyone may reach and only root may change. */
    static void prepareRuntime(Path folder) throws CommandException {
        prepare(folder, PUBLIC);
    }

    private static void prepare(Path folder, Set<PosixFilePermission> mode) throws CommandException {
        try {
            if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
                FileAttribute<?> wanted = PosixFilePermissions.asFileAttribute(mode);
                Files.createDirectories(folder.toAbsolutePath().getParent());
                Files.createDirectory(folder, wanted);
                Files.setPosixFilePermissions(folder, mode);
                return;
            }
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                throw new CommandException(
                        ExitCode.DATA_CORRUPT,
                        folder + " is not a folder (expected: the agent's own). Move it away or name another one");
            }
            if (!Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS).equals(0)) {
                throw new CommandException(
                        ExitCode.DATA_CORRUPT,
                        folder + " belongs to another user, who may have changed it (expected: root). Look at it, then"
                                + " chown it to root or move it away");
            }
            Files.setPosixFilePermissions(folder, mode);
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.IO, folder + " cannot be prepared: " + e.getMessage() + ". Check the disk and the path");
        }
    }
}
