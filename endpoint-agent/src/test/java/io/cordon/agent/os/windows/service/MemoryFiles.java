package io.cordon.agent.os.windows.service;

import io.cordon.agent.os.windows.Sid;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Owners and access lists kept in memory, over files that are really there. */
public final class MemoryFiles implements FileSecurity {
    static final Found.There PRIVATE =
            new Found.There(false, Sid.ADMINISTRATORS, Set.of(Sid.LOCAL_SYSTEM, Sid.ADMINISTRATORS), "inherited");

    private final Map<Path, Found.There> known = new HashMap<>();
    private final List<String> changes = new ArrayList<>();

    void set(Path path, Found.There found) {
        known.put(path, found);
    }

    List<String> changes() {
        return changes;
    }

    @Override
    public Found look(Path path) {
        if (Files.isSymbolicLink(path)) {
            return new Found.Link();
        }
        if (Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
            return new Found.Missing();
        }
        Found.There there = known.getOrDefault(path, PRIVATE);
        return new Found.There(
                Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS), there.owner(), there.trustees(), there.access());
    }

    @Override
    public void createFolder(Path folder, String sddl) throws IOException {
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(folder.toString());
        }
        Files.createDirectory(folder);
        changes.add("create " + folder.getFileName());
        known.put(folder, new Found.There(true, Sid.ADMINISTRATORS, PRIVATE.trustees(), canonicalAccess(sddl)));
    }

    @Override
    public void secure(Path path, String sddl) {
        changes.add("secure " + path.getFileName());
        known.put(path, new Found.There(true, Sid.ADMINISTRATORS, PRIVATE.trustees(), canonicalAccess(sddl)));
    }

    @Override
    public String canonicalAccess(String sddl) {
        return sddl.substring(sddl.indexOf("D:"));
    }

    @Override
    public void flush(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + ": nothing to flush");
        }
    }
}
