package io.cordon.agent.adapters.settings;

import io.cordon.agent.os.Change;
import io.cordon.agent.os.Ledger;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the ledger knows of managed files. {@code managed-file}: what stood at a path before Cordon, written once.
 * {@code managed-version}: the digest of what Cordon writes there, so that after a restart its own work can be told from a
 * stranger's. {@code managed-folder}: a folder that Cordon made.
 */
final class SettingsLedger {
    private static final String FILE = "managed-file";
    private static final String VERSION = "managed-version";
    private static final String FOLDER = "managed-folder";

    private final Ledger ledger;

    SettingsLedger(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Content and rights before Cordon. */
    record Before(byte[] content, String rights) {}

    /**
     * How a path was before Cordon.
     *
     * @param root of the {@link Place}
     * @param before empty when there was no file
     * @param written whether Cordon's own content ever stood there for certain
     */
    record Origin(long id, String agent, Path root, Path path, Optional<Before> before, boolean written) {}

    /** A folder that Cordon made. */
    record Folder(long id, Path path) {}

    /** Newest first. */
    List<Origin> origins() {
        return entries(FILE).stream().map(SettingsLedger::origin).toList();
    }

    private static Origin origin(Ledger.Entry entry) {
        Change change = entry.change();
        Optional<Before> before = Boolean.parseBoolean(change.detail("existed"))
                ? Optional.of(new Before(Base64.getDecoder().decode(change.detail("content")), change.detail("rights")))
                : Optional.empty();
        return new Origin(
                entry.id(),
                change.detail("agent"),
                Path.of(change.detail("root")),
                Path.of(change.detail("path")),
                before,
                entry.done());
    }

    Optional<Origin> origin(Path path) {
        return entries(FILE).stream()
                .filter(entry -> entry.change().detail("path").equals(path.toString()))
                .findFirst()
                .map(SettingsLedger::origin);
    }

    /** Digests of what Cordon may have written to the path. */
    Set<String> versions(Path path) {
        return versionsOf(path).stream()
                .map(entry -> entry.change().detail("sha256"))
                .collect(Collectors.toSet());
    }

    /** Newest first: inner before outer. */
    List<Folder> folders() {
        return entries(FOLDER).stream()
                .map(entry -> new Folder(entry.id(), Path.of(entry.change().detail("path"))))
                .toList();
    }

    /** On the disk when it returns, so that the path may be written. */
    void intend(String agent, Path root, Path path, ManagedFiles.Found before) throws IOException {
        Map<String, String> details =
                new HashMap<>(Map.of("agent", agent, "root", root.toString(), "path", path.toString()));
        if (before instanceof ManagedFiles.Found.There there) {
            details.put("existed", "true");
            details.put("content", Base64.getEncoder().encodeToString(there.content()));
            details.put("rights", there.rights());
        } else {
            details.put("existed", "false");
        }
        ledger.intend(new Change(FILE, details));
    }

    void intendVersion(Path path, String sha256) throws IOException {
        if (!versions(path).contains(sha256)) {
            ledger.intend(new Change(VERSION, Map.of("path", path.toString(), "sha256", sha256)));
        }
    }

    long intendFolder(Path folder) throws IOException {
        return ledger.intend(new Change(FOLDER, Map.of("path", folder.toString())));
    }

    void folderMade(long id) throws IOException {
        ledger.done(id);
    }

    /** The version stands at the path; earlier ones are forgotten. */
    void written(Path path, String sha256) throws IOException {
        for (Ledger.Entry entry : versionsOf(path)) {
            if (!entry.change().detail("sha256").equals(sha256)) {
                ledger.undone(entry.id());
            } else if (!entry.done()) {
                ledger.done(entry.id());
            }
        }
        Optional<Origin> origin = origin(path);
        if (origin.isPresent() && !origin.get().written()) {
            ledger.done(origin.get().id());
        }
    }

    /** The path is as it was before Cordon. */
    void restored(Origin origin) throws IOException {
        for (Ledger.Entry entry : versionsOf(origin.path())) {
            ledger.undone(entry.id());
        }
        ledger.undone(origin.id());
    }

    void folderGone(Folder folder) throws IOException {
        ledger.undone(folder.id());
    }

    private List<Ledger.Entry> versionsOf(Path path) {
        return entries(VERSION).stream()
                .filter(entry -> entry.change().detail("path").equals(path.toString()))
                .toList();
    }

    private List<Ledger.Entry> entries(String kind) {
        return ledger.open().stream()
                .filter(entry -> entry.change().kind().equals(kind))
                .toList();
    }
}
