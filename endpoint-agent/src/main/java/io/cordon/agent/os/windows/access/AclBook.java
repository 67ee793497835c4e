package io.cordon.agent.os.windows.access;

import io.cordon.agent.os.Change;
import io.cordon.agent.os.Ledger;
import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.access.SecuredFiles.FileId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The ledger's part on access control: which objects carry whose entries, which SIDs are capabilities, what was made. */
final class AclBook {
    private static final String CAPABILITY = "acl-capability";
    private static final String PLACEHOLDER = "acl-placeholder";

    private final Ledger ledger;
    private final Supplier<Sid> fresh;
    private final boolean manual;
    private final Map<Long, StampRecord> stamps = new LinkedHashMap<>();
    private final Set<Long> unfinished = new HashSet<>();
    private final Map<String, Capability> capabilities = new LinkedHashMap<>();
    private final Map<Long, Placeholder> placeholders = new LinkedHashMap<>();

    private record Capability(long entry, Sid sid) {}

    /** A path that was made so that nobody else can. */
    record Placeholder(String scope, String path, Sid marker) {}

    /**
     * @param fresh makes a SID that names nobody
     * @param manual whether administrators set entries, which this book then does not know
     */
    AclBook(Ledger ledger, Supplier<Sid> fresh, boolean manual) {
        this.ledger = ledger;
        this.fresh = fresh;
        this.manual = manual;
        List<Ledger.Entry> oldestFirst = new ArrayList<>(ledger.open());
        java.util.Collections.reverse(oldestFirst);
        oldestFirst.forEach(this::take);
    }

    private void take(Ledger.Entry entry) {
        Change change = entry.change();
        switch (change.kind()) {
            case StampRecord.KIND -> {
                stamps.put(entry.id(), StampRecord.of(change));
                if (!entry.done()) {
                    unfinished.add(entry.id());
                }
            }
            case CAPABILITY ->
                capabilities.put(change.detail("root"), new Capability(entry.id(), Sid.parse(change.detail("sid"))));
            case PLACEHOLDER ->
                placeholders.put(
                        entry.id(),
                        new Placeholder(
                                change.detail("scope"), change.detail("path"), Sid.parse(change.detail("marker"))));
            default -> {
                // Another part's.
            }
        }
    }

    /** The SID of the root with what is protected in it; a new one when there is none yet. */
    Sid capability(String root) throws IOException {
        Capability known = capabilities.get(root);
        if (known == null) {
            Sid sid = fresh.get();
            long id = ledger.intend(new Change(CAPABILITY, Map.of("root", root, "sid", sid.toString())));
            ledger.done(id);
            known = new Capability(id, sid);
            capabilities.put(root, known);
        }
        return known.sid();
    }

    boolean isCapability(Sid sid) {
        return capabilities.values().stream().anyMatch(known -> known.sid().equals(sid));
    }

    /**
     * Forgets capabilities that no entry names any more; stale SIDs give nothing, and must not stay. Not those that
     * administrators set.
     */
    void dropUnusedCapabilities() throws IOException {
        if (manual) {
            return;
        }
        Set<Sid> used = stamps.values().stream()
                .flatMap(stamp -> stamp.intended().stream())
                .map(Ace::sid)
                .collect(Collectors.toSet());
        for (Map.Entry<String, Capability> known : List.copyOf(capabilities.entrySet())) {
            if (!used.contains(known.getValue().sid())) {
                ledger.undone(known.getValue().entry());
                capabilities.remove(known.getKey());
            }
        }
    }

    /** At the end, when no entry is left that Cordon set. */
    void forgetCapabilities() throws IOException {
        for (Map.Entry<String, Capability> known : List.copyOf(capabilities.entrySet())) {
            ledger.undone(known.getValue().entry());
            capabilities.remove(known.getKey());
        }
    }

    /** Writes down what is about to be set; on the disk when this returns. */
    void intend(List<StampRecord> records) throws IOException {
        List<Long> ids = ledger.intend(records.stream().map(StampRecord::change).toList());
        for (int i = 0; i < records.size(); i++) {
            stamps.put(ids.get(i), records.get(i));
            unfinished.add(ids.get(i));
        }
    }

    /** What a scope wanted of that object is set. */
    void done(String scope, FileId id) throws IOException {
        for (Map.Entry<Long, StampRecord> stamp : stamps.entrySet()) {
            boolean theirs = stamp.getValue().scope().equals(scope)
                    && stamp.getValue().id().equals(id);
            if (theirs && unfinished.remove(stamp.getKey())) {
                ledger.done(stamp.getKey());
            }
        }
    }

    void undone(StampRecord record) throws IOException {
        for (Long id : List.copyOf(stamps.keySet())) {
            if (record.equals(stamps.get(id))) {
                ledger.undone(id);
                stamps.remove(id);
                unfinished.remove(id);
            }
        }
    }

    /** Before a placeholder is made. */
    void intendPlaceholder(Placeholder placeholder) throws IOException {
        long id = ledger.intend(new Change(
                PLACEHOLDER,
                Map.of(
                        "scope", placeholder.scope(),
                        "path", placeholder.path(),
                        "marker", placeholder.marker().toString())));
        placeholders.put(id, placeholder);
    }

    void undone(Placeholder placeholder) throws IOException {
        for (Long id : List.copyOf(placeholders.keySet())) {
            if (placeholder.equals(placeholders.get(id))) {
                ledger.undone(id);
                placeholders.remove(id);
            }
        }
    }

    /** Newest first, so that what is in a folder goes before it. */
    List<Placeholder> placeholders() {
        List<Placeholder> all = new ArrayList<>(placeholders.values());
        java.util.Collections.reverse(all);
        return all;
    }

    List<StampRecord> stamps() {
        return List.copyOf(stamps.values());
    }

    List<StampRecord> stamps(String scope) {
        return stamps.values().stream()
                .filter(stamp -> stamp.scope().equals(scope))
                .toList();
    }

    /** Whether some scope has it as a root. */
    boolean isRoot(FileId id) {
        return stamps.values().stream()
                .anyMatch(stamp -> stamp.root() && stamp.id().equals(id));
    }

    /** What that scope wants of that object; null when it was never asked. */
    @Nullable
    StampRecord stamp(String scope, FileId id) {
        return stamps.values().stream()
                .filter(stamp -> stamp.scope().equals(scope) && stamp.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    boolean isUnfinished(String scope, FileId id) {
        return unfinished.stream()
                .map(stamps::get)
                .anyMatch(stamp -> stamp != null
                        && stamp.scope().equals(scope)
                        && stamp.id().equals(id));
    }

    /** Scopes that a crash left half set. */
    Set<String> unfinishedScopes() {
        return unfinished.stream()
                .map(stamps::get)
                .filter(java.util.Objects::nonNull)
                .map(StampRecord::scope)
                .collect(Collectors.toSet());
    }

    /** All entries that scopes want of an object, but for one scope's record. */
    Set<Ace> wanted(FileId id, @Nullable StampRecord without) {
        return stamps.values().stream()
                .filter(stamp -> stamp.id().equals(id) && !stamp.equals(without))
                .flatMap(stamp -> stamp.intended().stream())
                .collect(Collectors.toSet());
    }
}
