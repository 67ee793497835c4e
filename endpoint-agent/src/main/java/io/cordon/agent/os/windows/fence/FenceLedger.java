package io.cordon.agent.os.windows.fence;

import io.cordon.agent.os.Ledger;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The fence's part of the ledger: what was written, so that drift is told from a new policy and everything can be removed. */
final class FenceLedger {
    private final Ledger ledger;
    private final Set<String> kinds;

    FenceLedger(Ledger ledger, Set<String> kinds) {
        this.ledger = ledger;
        this.kinds = Set.copyOf(kinds);
    }

    private List<Ledger.Entry> entries() {
        return ledger.open().stream()
                .filter(entry -> kinds.contains(entry.change().kind()))
                .toList();
    }

    /** How what is there differs from what was written; empty as long as nothing was. One line each. */
    List<String> drift(List<FenceObject> found) {
        List<FenceObject> written = entries().stream()
                .filter(Ledger.Entry::done)
                .map(entry -> FenceObject.of(entry.change()))
                .toList();
        List<String> drift = new ArrayList<>();
        for (FenceObject object : written) {
            found.stream()
                    .filter(object::isSameThing)
                    .findFirst()
                    .ifPresentOrElse(
                            there -> {
                                if (!there.content().equals(object.content())) {
                                    drift.add(object.kind() + " \"" + object.name() + "\" was changed: "
                                            + there.content() + " (expected: " + object.content() + ")");
                                }
                            },
                            () -> drift.add(object.kind() + " \"" + object.name() + "\" was gone"));
        }
        if (!written.isEmpty()) {
            found.stream()
                    .filter(there -> written.stream().noneMatch(there::isSameThing))
                    .forEach(there -> drift.add(there.kind() + " \"" + there.name()
                            + "\" was there and is not Cordon's: " + there.content()));
        }
        return drift;
    }

    /** Before anything of it is written. Returns the entries to take back when that fails. */
    List<Long> intend(List<FenceObject> wanted) throws IOException {
        Set<FenceObject> recorded = new HashSet<>();
        entries().forEach(entry -> recorded.add(FenceObject.of(entry.change())));
        List<FenceObject> missing =
                wanted.stream().filter(object -> !recorded.contains(object)).toList();
        return missing.isEmpty()
                ? List.of()
                : ledger.intend(missing.stream().map(FenceObject::change).toList());
    }

    /** The entries of {@link #intend} when nothing was written. */
    void failed(List<Long> ids) throws IOException {
        for (long id : ids) {
            ledger.undone(id);
        }
    }

    /** Exactly these are there now. */
    void settle(List<FenceObject> there) throws IOException {
        Set<FenceObject> open = new HashSet<>(there);
        for (Ledger.Entry entry : entries()) {
            if (!open.remove(FenceObject.of(entry.change()))) {
                ledger.undone(entry.id());
            } else if (!entry.done()) {
                ledger.done(entry.id());
            }
        }
    }
}
