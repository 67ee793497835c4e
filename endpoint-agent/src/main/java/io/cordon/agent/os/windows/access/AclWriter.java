package io.cordon.agent.os.windows.access;

import io.cordon.agent.os.CannotConfineException;
import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.access.SecuredFiles.SecuredFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Gives targets the entries that a scope wants of them: into the ledger first, then onto the objects and down their trees. */
final class AclWriter {
    private final SecuredFiles files;
    private final AclBook book;
    private final TreeStamp tree;
    private final OwnerReturn owners;
    private final String scope;
    private final String policy;
    private final Sid developer;

    /** @param policy digest of the policy in force */
    AclWriter(
            SecuredFiles files,
            AclBook book,
            TreeStamp tree,
            OwnerReturn owners,
            String scope,
            String policy,
            Sid developer) {
        this.files = files;
        this.book = book;
        this.tree = tree;
        this.owners = owners;
        this.scope = scope;
        this.policy = policy;
        this.developer = developer;
    }

    /**
     * When it returns, everything is set. What stops it in between stays unfinished in the ledger: the next call for the scope goes
     * on, the next start takes it back.
     */
    void write(List<Target> targets) throws IOException {
        writeDown(targets);
        set(targets);
    }

    private void writeDown(List<Target> targets) throws IOException {
        List<StampRecord> records = new ArrayList<>();
        for (Target target : targets) {
            StampRecord known = book.stamp(scope, target.id());
            if (known != null && known.intended().containsAll(target.aces())) {
                continue;
            }
            try (SecuredFile file = require(target)) {
                SecurityDescriptor is = file.descriptor();
                Set<Ace> prior = new HashSet<>(target.aces());
                prior.retainAll(ExplicitEntries.of(is));
                prior.removeAll(book.wanted(target.id(), null));
                prior.removeIf(ace -> book.isCapability(ace.sid()) || wasMade(target.path()));
                records.add(new StampRecord(
                        scope,
                        policy,
                        target.path(),
                        target.id(),
                        target.isRoot(),
                        target.aces(),
                        prior,
                        is.owner() == null ? "" : is.owner().toString(),
                        developer));
            }
        }
        if (!records.isEmpty()) {
            book.intend(records);
        }
    }

    /** What Cordon made has had Cordon's entries since its birth. */
    private boolean wasMade(String path) {
        return book.placeholders().stream().anyMatch(placeholder -> WindowsPaths.same(placeholder.path(), path));
    }

    private SecuredFile require(Target target) throws IOException {
        Optional<SecuredFile> found = files.open(target.path());
        if (found.isPresent() && found.get().id().equals(target.id())) {
            return found.get();
        }
        if (found.isPresent()) {
            found.get().close();
        }
        throw new CannotConfineException("path-changed", target.path() + " was replaced meanwhile; try again");
    }

    /** Closes, then opens; and closes again what lies below something that was opened, for hard links into it. */
    private void set(List<Target> targets) throws IOException {
        boolean opened = false;
        List<Target> closing =
                targets.stream().filter(target -> !target.isRoot()).toList();
        for (Target target : closing) {
            set(target);
        }
        for (Target target : targets) {
            if (target.isRoot()) {
                opened |= set(target);
            }
        }
        if (opened) {
            // Two names of one file inherit from two folders; the last one carried down wins.
            for (Target target : closing) {
                if (target.closes() && target.directory()) {
                    try (SecuredFile file = require(target)) {
                        tree.carryDown(file, Set.of());
                    }
                }
            }
        }
        for (Target target : targets) {
            book.done(scope, target.id());
        }
    }

    /** Whether anything below the object was touched. */
    private boolean set(Target target) throws IOException {
        try (SecuredFile file = require(target)) {
            boolean half = book.isUnfinished(scope, target.id());
            if (half && !file.reparsePoint()) {
                takeOver(file, target);
            }
            SecurityDescriptor is = file.descriptor();
            Set<AclEntry> explicit = ExplicitEntries.of(is);
            Set<Ace> missing = new HashSet<>(target.aces());
            missing.removeAll(explicit);
            Set<Ace> surplus = surplus(target, explicit);
            if (!missing.isEmpty() || !surplus.isEmpty()) {
                file.setDacl(ExplicitEntries.edited(is, surplus, missing), is.isProtected());
            }
            Set<Ace> changed = new HashSet<>(missing);
            changed.addAll(surplus);
            boolean below = target.directory()
                    && !file.reparsePoint()
                    && (ExplicitEntries.reachesBelow(changed)
                            || half && ExplicitEntries.reachesBelow(target.aces()) && isNew(target));
            if (below) {
                tree.carryDown(file, surplus);
            }
            return below;
        }
    }

    /** Whether no other scope has had these entries carried down already. */
    private boolean isNew(Target target) {
        StampRecord own = book.stamp(scope, target.id());
        return !book.wanted(target.id(), own).containsAll(target.aces());
    }

    /** What a run made must not be its own where it is to be closed: an owner can change entries. */
    private void takeOver(SecuredFile file, Target target) throws IOException {
        if (tree.isOurs(file) && !target.isRoot()) {
            String parent = WindowsPaths.parent(target.path());
            try (SecuredFile above = files.require(parent)) {
                RootChecks.requirePlanned(above, parent);
                owners.itself(above, file, target.path(), developer);
            }
        }
        if (target.closes()) {
            owners.below(file, target.path(), developer);
        }
    }

    /** Entries of Cordon's own SIDs that no live scope wants: left by hand or by a crash. */
    private Set<Ace> surplus(Target target, Set<AclEntry> explicit) {
        Set<Ace> wanted = book.wanted(target.id(), null);
        Set<Ace> surplus = new HashSet<>();
        for (AclEntry entry : explicit) {
            if (entry instanceof Ace ace && book.isCapability(ace.sid()) && !wanted.contains(ace)) {
                surplus.add(ace);
            }
        }
        return surplus;
    }
}
