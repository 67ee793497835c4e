package io.cordon.agent.provision;

import io.cordon.agent.os.Change;
import io.cordon.agent.os.Ledger;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes the agent's places and takes back what it made. Every change outside the data directory is in the ledger first; the data
 * directory itself, which holds the ledger, is removed by whoever uninstalls, last.
 */
public final class Provisioner {
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OPEN = PosixFilePermissions.fromString("rwxr-xr-x");

    private final AgentLayout layout;
    private final Ledger ledger;

    /** What was found and what became of it, one line each. */
    public record Report(List<String> undone, List<String> kept) {
        public Report {
            undone = List.copyOf(undone);
            kept = List.copyOf(kept);
        }
    }

    public Provisioner(AgentLayout layout, Ledger ledger) {
        this.layout = layout;
        this.ledger = ledger;
    }

    /**
     * Makes the data directories, private to the agent, and repairs their modes. Call before the ledger is opened.
     *
     * @throws IOException when a place is something else than a directory of the agent's own; the message says which
     */
    public static void prepareData(AgentLayout layout) throws IOException {
        for (Path directory : List.of(
                layout.data(), layout.identity(), layout.trust(), layout.policy(), layout.ledger(), layout.spool())) {
            ensure(directory, PRIVATE);
        }
    }

    private static void ensure(Path directory, Set<PosixFilePermission> mode) throws IOException {
        if (Files.notExists(directory, LinkOption.NOFOLLOW_LINKS)) {
            Path parent = directory.getParent();
            if (parent != null && Files.notExists(parent)) {
                Files.createDirectories(parent);
            }
            Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(mode));
        }
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(directory + ": not a directory (expected: the agent's own directory); move it away");
        }
        int owner = (Integer) Files.getAttribute(directory, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        int self = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        if (owner != self) {
            throw new IOException(directory + ": belongs to user id " + owner + " (expected: " + self
                    + ", who runs the agent); others could change it, so it is not used");
        }
        // Umask may have taken bits from what was asked for, and somebody may have added some since.
        Files.setPosixFilePermissions(directory, mode);
    }

    /** Makes the runtime directory, which every local user may enter to find the socket. */
    public void prepareRuntime() throws IOException {
        Path runtime = layout.runtime();
        if (Files.notExists(runtime, LinkOption.NOFOLLOW_LINKS)) {
            long change = ledger.intend(new Change("directory", Map.of("path", runtime.toString())));
            ensure(runtime, OPEN);
            ledger.done(change);
        } else {
            ensure(runtime, OPEN);
        }
    }

    /** Takes back what runs left behind that a crash ended. Call when nothing runs. */
    public Report recover() throws IOException {
        return undo(Set.of("placeholder"));
    }

    /** Takes back everything, newest first. What somebody has put something into is kept and reported. */
    public Report uninstall() throws IOException {
        Files.deleteIfExists(layout.socket());
        return undo(Set.of("placeholder", "directory"));
    }

    private Report undo(Set<String> kinds) throws IOException {
        List<String> undone = new ArrayList<>();
        List<String> kept = new ArrayList<>();
        for (Ledger.Entry entry : ledger.open()) {
            Change change = entry.change();
            if (!kinds.contains(change.kind())) {
                continue;
            }
            String path = change.detail("path");
            try {
                if (change.kind().equals("placeholder")) {
                    PlaceholderRemoval.remove(
                            Path.of(path),
                            Boolean.parseBoolean(change.detail("directory")),
                            Integer.parseInt(change.detail("uid")));
                } else {
                    Files.deleteIfExists(Path.of(path));
                }
                undone.add(path);
            } catch (DirectoryNotEmptyException e) {
                kept.add(path + ": something has been put into it");
            } catch (NoSuchFileException e) {
                undone.add(path);
            }
            ledger.undone(entry.id());
        }
        return new Report(undone, kept);
    }
}
