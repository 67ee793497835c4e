package io.cordon.agent.adapters.settings;

import io.cordon.agent.os.Custody;
import io.cordon.agent.os.Ledger;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts managed places back to how they were before Cordon. Doing it twice is harmless. */
public final class Restoration {
    private final SettingsLedger ledger;
    private final Custody custody;

    public Restoration(Ledger ledger, Custody custody) {
        this(new SettingsLedger(ledger), custody);
    }

    Restoration(SettingsLedger ledger, Custody custody) {
        this.ledger = ledger;
        this.custody = custody;
    }

    /**
     * What became of everything.
     *
     * @param undone paths that are as before
     * @param kept paths that are not, with the reason; they stay in the ledger
     */
    public record Report(List<String> undone, List<String> kept) {
        public Report {
            undone = List.copyOf(undone);
            kept = List.copyOf(kept);
        }
    }

    /** Everything, newest first. */
    public Report all() {
        List<String> undone = new ArrayList<>();
        List<String> kept = new ArrayList<>();
        for (SettingsLedger.Origin origin : ledger.origins()) {
            try {
                file(origin);
                undone.add(origin.path().toString());
            } catch (IOException e) {
                kept.add(origin.path() + ": " + e.getMessage());
            }
        }
        try {
            folders();
        } catch (IOException e) {
            kept.add(String.valueOf(e.getMessage()));
        }
        return new Report(undone, kept);
    }

    /** @throws IOException when the place is not what it was; the ledger keeps it */
    void file(SettingsLedger.Origin origin) throws IOException {
        Path path = origin.path();
        ManagedFiles files = new ManagedFiles(origin.root(), custody);
        if (files.look(path) instanceof ManagedFiles.Found.Refused refused) {
            throw new IOException(refused.reason());
        }
        if (origin.before().isEmpty()) {
            files.remove(path);
        } else {
            SettingsLedger.Before before = origin.before().get();
            remake(path.getParent());
            files.put(path, before.content(), before.rights());
        }
        ledger.restored(origin);
    }

    /** Somebody may have removed the folder that held it. */
    private void remake(@Nullable Path folder) throws IOException {
        if (folder != null && Files.notExists(folder)) {
            remake(folder.getParent());
            custody.makeFolder(folder);
        }
    }

    /** Folders that Cordon made go when they are empty and hold nothing that is managed. */
    void folders() throws IOException {
        for (SettingsLedger.Folder folder : ledger.folders()) {
            boolean used =
                    ledger.origins().stream().anyMatch(origin -> origin.path().startsWith(folder.path()));
            if (!used) {
                try {
                    Files.delete(folder.path());
                } catch (NoSuchFileException | DirectoryNotEmptyException e) {
                    // Gone already, or somebody's by now.
                }
                ledger.folderGone(folder);
            }
        }
    }
}
