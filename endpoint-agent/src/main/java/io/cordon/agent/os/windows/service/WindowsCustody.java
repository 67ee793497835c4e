package io.cordon.agent.os.windows.service;

import io.cordon.agent.os.Custody;
import io.cordon.agent.os.windows.Sid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;

/** By owner and access list. Rights are SDDL with the owner before the list. */
public final class WindowsCustody implements Custody {
    /** Nothing is inherited: folders in ProgramData would otherwise let every user make files in them. */
    static final String FOLDER = "O:BAG:BAD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)";

    static final String FILE = "O:BAG:BAD:P(A;;FA;;;SY)(A;;FA;;;BA)(A;;0x1200a9;;;BU)";

    /** TrustedInstaller owns Program Files. */
    private static final Set<Sid> SYSTEM = Set.of(
            Sid.LOCAL_SYSTEM,
            Sid.ADMINISTRATORS,
            Sid.parse("S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464"));

    private final FileSecurity files;

    public WindowsCustody(FileSecurity files) {
        this.files = files;
    }

    @Override
    public Optional<String> distrust(Path folder, boolean holds) throws IOException {
        FileSecurity.Found found = files.look(folder);
        if (!(found instanceof FileSecurity.Found.There there) || !there.folder()) {
            return Optional.of(folder + ": "
                    + (found instanceof FileSecurity.Found.Link ? "a link" : "not a folder")
                    + " (expected: a folder of the system)");
        }
        if (!SYSTEM.contains(there.owner())) {
            return Optional.of(folder + ": belongs to " + there.owner() + " (expected: SYSTEM or Administrators)");
        }
        int may = AccessText.othersMay(there.access());
        return (may & (holds ? AccessText.ANY_WRITE : AccessText.TAKE_OVER)) == 0
                ? Optional.empty()
                : Optional.of(folder + ": others may change it, " + there.access() + " (expected: " + FOLDER + ")");
    }

    @Override
    public void makeFolder(Path folder) throws IOException {
        files.createFolder(folder, FOLDER);
    }

    @Override
    public void seal(Path file) throws IOException {
        files.secure(file, FILE);
    }

    @Override
    public boolean sealed(String rights) throws IOException {
        return rights.equals(text(Sid.ADMINISTRATORS, files.canonicalAccess(FILE)));
    }

    @Override
    public String rights(Path file) throws IOException {
        if (files.look(file) instanceof FileSecurity.Found.There there) {
            return text(there.owner(), there.access());
        }
        throw new IOException(file + ": not a file any more (expected: one with an access list)");
    }

    private static String text(Sid owner, String access) {
        return "O:" + owner + access;
    }

    @Override
    public void give(Path file, String rights) throws IOException {
        files.secure(file, rights);
    }

    @Override
    public String stamp(Path file) throws IOException {
        BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return found.lastModifiedTime() + " " + found.creationTime() + " " + found.size() + " " + rights(file);
    }
}
