package io.cordon.agent.os.linux;

import io.cordon.agent.os.Custody;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** By owner and mode. The system is whoever runs the agent, which is root. Rights are {@code uid:gid:mode} with an octal mode. */
public final class PosixCustody implements Custody {
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwxr-xr-x");
    private static final int SHARED_WRITE = 022;
    private static final int FILE_MODE = 0644;
    private static final int MODE_BITS = 07777;
    private static final Pattern RIGHTS = Pattern.compile("(\\d{1,10}):(\\d{1,10}):([0-7]{1,4})");

    private final int system;

    public PosixCustody() throws IOException {
        this.system = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    }

    @Override
    public Optional<String> distrust(Path folder, boolean holds) throws IOException {
        Map<String, Object> found =
                Files.readAttributes(folder, "unix:uid,mode,isDirectory,isSymbolicLink", LinkOption.NOFOLLOW_LINKS);
        if (!Boolean.TRUE.equals(found.get("isDirectory"))) {
            return Optional.of(folder + ": "
                    + (Boolean.TRUE.equals(found.get("isSymbolicLink")) ? "a link" : "not a folder")
                    + " (expected: a folder of the system)");
        }
        int uid = number(found, "uid");
        int mode = number(found, "mode") & MODE_BITS;
        if (uid != system) {
            return Optional.of(folder + ": belongs to user id " + uid + " (expected: " + system + ")");
        }
        return (mode & SHARED_WRITE) == 0
                ? Optional.empty()
                : Optional.of(
                        folder + ": others may write to it, mode " + Integer.toOctalString(mode) + " (expected: 755)");
    }

    @Override
    public void makeFolder(Path folder) throws IOException {
        Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(FOLDER));
        // The umask took bits from what was asked for.
        Files.setPosixFilePermissions(folder, FOLDER);
    }

    @Override
    public void seal(Path file) throws IOException {
        give(file, system + ":" + gid() + ":" + Integer.toOctalString(FILE_MODE));
    }

    @Override
    public boolean sealed(String rights) throws IOException {
        return rights.equals(system + ":" + gid() + ":" + Integer.toOctalString(FILE_MODE));
    }

    private static int gid() throws IOException {
        return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:gid");
    }

    @Override
    public String rights(Path file) throws IOException {
        Map<String, Object> found = Files.readAttributes(file, "unix:uid,gid,mode", LinkOption.NOFOLLOW_LINKS);
        return number(found, "uid") + ":" + number(found, "gid") + ":"
                + Integer.toOctalString(number(found, "mode") & MODE_BITS);
    }

    /** Owner first: giving a file away takes set-user-id bits from its mode. */
    @Override
    public void give(Path file, String rights) throws IOException {
        Matcher parts = RIGHTS.matcher(rights);
        if (!parts.matches()) {
            throw new IOException("rights: " + rights + " (expected: uid:gid:mode)");
        }
        Files.setAttribute(file, "unix:uid", Integer.valueOf(parts.group(1)), LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(file, "unix:gid", Integer.valueOf(parts.group(2)), LinkOption.NOFOLLOW_LINKS);
        // The JDK changes a mode only through a link; callers made the file themselves in a folder of the system.
        Files.setAttribute(file, "unix:mode", Integer.valueOf(parts.group(3), 8));
    }

    @Override
    public String stamp(Path file) throws IOException {
        return Files.readAttributes(
                        file, "unix:ino,dev,size,mode,uid,gid,ctime,lastModifiedTime", LinkOption.NOFOLLOW_LINKS)
                .toString();
    }

    private static int number(Map<String, Object> attributes, String name) {
        return ((Number) attributes.getOrDefault(name, -1)).intValue();
    }
}
