package io.cordon.agent.os.windows.service;

import io.cordon.agent.os.windows.Sid;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Makes the agent's folders, for the system and the administrators alone. Every user may make folders in ProgramData: what
 * stands there before Cordon came, and does not belong to one of these two, is never taken over, since its maker may still
 * hold it open.
 */
public final class ProtectedFolders {
    /** Protected, so that nothing is inherited from above; inherited by everything below. */
    public static final String SDDL = "O:BAG:BAD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)";

    static final Set<Sid> TRUSTED = Set.of(Sid.LOCAL_SYSTEM, Sid.ADMINISTRATORS);

    private final FileSecurity files;

    public ProtectedFolders(FileSecurity files) {
        this.files = files;
    }

    /**
     * Makes what is missing and repairs access lists that were changed.
     *
     * @param folders outer before inner
     * @throws IOException when one of them is something else than a folder of the agent's own; the message says what to do
     */
    public void prepare(List<Path> folders) throws IOException {
        String wanted = files.canonicalAccess(SDDL);
        for (Path each : folders) {
            FileSecurity.Found found = files.look(each);
            if (found instanceof FileSecurity.Found.Missing) {
                found = create(each);
            }
            FileSecurity.Found.There folder = own(each, found);
            if (!folder.access().equals(wanted)) {
                files.secure(each, SDDL);
            }
        }
    }

    private FileSecurity.Found create(Path folder) throws IOException {
        try {
            files.createFolder(folder, SDDL);
        } catch (FileAlreadyExistsException e) {
            // Somebody was faster; whose it is, is looked at like any other.
            return files.look(folder);
        }
        return files.look(folder);
    }

    private static FileSecurity.Found.There own(Path path, FileSecurity.Found found) throws IOException {
        if (found instanceof FileSecurity.Found.There there && there.folder()) {
            if (!TRUSTED.contains(there.owner())) {
                throw new IOException(path + ": belongs to " + there.owner()
                        + " (expected: SYSTEM or Administrators). Somebody made it before Cordon did and may still have"
                        + " access; look at what is in it, remove it, and start again");
            }
            return there;
        }
        throw new IOException(path + ": " + (found instanceof FileSecurity.Found.Link ? "a link" : "not a folder")
                + " (expected: the agent's own folder); move it away and start again");
    }
}
