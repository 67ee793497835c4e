package io.cordon.agent.os;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** How a file is made that only the agent may read, and how its name survives a crash: what differs between file systems. */
public final class PrivateFiles {
    /** Whether privacy is a mode of each file. Elsewhere it is the access list that files inherit from the agent's folders. */
    public static final boolean BY_MODE =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private PrivateFiles() {}

    /** For a file made in a folder of the agent's: mode 0600 where there are modes, else nothing beyond what the folder says. */
    public static FileAttribute<?>[] attributes() {
        return BY_MODE
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /**
     * Makes the names in a directory durable: a new file exists after a crash only once its directory is synced. Windows has
     * no such call; NTFS journals its names itself, and the file's own flush pushes that journal out.
     */
    public static void syncDirectory(@Nullable Path directory) throws IOException {
        if (directory != null && BY_MODE) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
