package io.cordon.agent.os.windows.access;

import io.cordon.agent.os.Change;
import io.cordon.agent.os.Ledger;
import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.access.SecuredFiles.FileId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The ledger's part on folders: temporary ones that were made, and those in which owners are being given back. */
final class FolderBook {
    private static final String TEMPORARY = "acl-temporary";
    private static final String OWNER = "acl-owner";

    private final Ledger ledger;
    private final Map<Long, String> temporaries = new LinkedHashMap<>();
    private final Map<Long, GivingBack> givings = new LinkedHashMap<>();

    /** A folder in which what runs made is being given to the developer. */
    record GivingBack(String path, FileId id, Sid developer) {}

    FolderBook(Ledger ledger) {
        this.ledger = ledger;
        List<Ledger.Entry> oldestFirst = new ArrayList<>(ledger.open());
        java.util.Collections.reverse(oldestFirst);
        oldestFirst.forEach(this::take);
    }

    private void take(Ledger.Entry entry) {
        Change change = entry.change();
        if (change.kind().equals(TEMPORARY)) {
            temporaries.put(entry.id(), change.detail("path"));
        } else if (change.kind().equals(OWNER)) {
            givings.put(
                    entry.id(),
                    new GivingBack(
                            change.detail("path"),
                            FileId.parse(change.detail("id")),
                            Sid.parse(change.detail("developer"))));
        }
    }

    /** Before a temporary folder is made; it goes with {@link #undoneTemporary}. */
    void intendTemporary(String path) throws IOException {
        if (temporaries.values().stream().noneMatch(known -> WindowsPaths.same(known, path))) {
            temporaries.put(ledger.intend(new Change(TEMPORARY, Map.of("path", path))), path);
        }
    }

    /** Newest first. */
    List<String> temporaries() {
        List<String> all = new ArrayList<>(temporaries.values());
        java.util.Collections.reverse(all);
        return all;
    }

    void undoneTemporary(String path) throws IOException {
        for (Long id : List.copyOf(temporaries.keySet())) {
            if (path.equals(temporaries.get(id))) {
                ledger.undone(id);
                temporaries.remove(id);
            }
        }
    }

    /** Before the first owner in the folder changes. What is given back stays: it was the developer's to begin with. */
    void intendGivingBack(GivingBack giving) throws IOException {
        if (!givings.containsValue(giving)) {
            long id = ledger.intend(new Change(
                    OWNER,
                    Map.of(
                            "path", giving.path(),
                            "id", giving.id().toString(),
                            "developer", giving.developer().toString())));
            givings.put(id, giving);
        }
    }

    void givenBack(GivingBack giving) throws IOException {
        for (Long id : List.copyOf(givings.keySet())) {
            if (giving.equals(givings.get(id))) {
                ledger.undone(id);
                givings.remove(id);
            }
        }
    }

    /** Those that a crash stopped. */
    List<GivingBack> givings() {
        return List.copyOf(givings.values());
    }
}
