package io.cordon.agent.os.windows.access;

import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.access.SecuredFiles.SecuredFile;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes entries off the machine again that no scope wants any more: what opens first, then what closes. What stands on a volume
 * that is not there stays in the book, and so is taken off the next time that it is.
 */
final class Retirement {
    private final SecuredFiles files;
    private final AclBook book;
    private final TreeStamp tree;
    private final OwnerReturn owners;

    Retirement(SecuredFiles files, AclBook book, OwnerReturn owners, TreeStamp tree) {
        this.files = files;
        this.book = book;
        this.tree = tree;
        this.owners = owners;
    }

    /** Ends every scope of which the predicate holds. */
    void retire(Predicate<StampRecord> ended) throws IOException {
        List<StampRecord> records = book.stamps().stream().filter(ended).toList();
        Set<String> scopes = records.stream().map(StampRecord::scope).collect(Collectors.toSet());
        Set<Ace> gone = intended(records.stream());
        gone.removeAll(intended(book.stamps().stream().filter(ended.negate())));
        for (StampRecord record : records.stream().filter(StampRecord::root).toList()) {
            revoke(record, gone);
        }
        removePlaceholders(placeholder -> scopes.contains(placeholder.scope()));
        for (StampRecord record : records.stream().filter(each -> !each.root()).toList()) {
            revoke(record, gone);
        }
        book.dropUnusedCapabilities();
    }

    private static Set<Ace> intended(Stream<StampRecord> records) {
        return records.flatMap(record -> record.intended().stream()).collect(Collectors.toCollection(HashSet::new));
    }

    /**
     * @param gone of all that ends, and of nothing that stays: a file with several names brings along what it had below another
     * root
     */
    private void revoke(StampRecord record, Set<Ace> gone) throws IOException {
        if (isAway(record)) {
            return;
        }
        Optional<SecuredFile> found = find(record);
        if (found.isPresent()) {
            try (SecuredFile file = found.get()) {
                revoke(record, file, gone);
            }
        }
        book.undone(record);
    }

    private void revoke(StampRecord record, SecuredFile file, Set<Ace> gone) throws IOException {
        Set<Ace> remove = new HashSet<>(record.intended());
        remove.removeAll(book.wanted(record.id(), record));
        remove.removeAll(record.prior());
        // Even if nothing is to be removed any more: a crash may have stopped what is carried down.
        boolean below = ExplicitEntries.reachesBelow(remove);
        if (record.root() && isLastRoot(record)) {
            owners.below(file, record.path(), record.developer());
        }
        SecurityDescriptor is = file.descriptor();
        if (remove.stream().anyMatch(ExplicitEntries.of(is)::contains)) {
            file.setDacl(ExplicitEntries.edited(is, remove, List.of()), is.isProtected());
        }
        if (below) {
            remove.addAll(gone);
            tree.carryDown(file, remove);
        }
    }

    private boolean isAway(StampRecord record) {
        return !files.isThere(record.id().volume(), record.path());
    }

    /** At the end: what is left in the book is on volumes that are not there. Returns their drives. */
    Set<String> forgetAway() throws IOException {
        Set<String> drives = new TreeSet<>();
        for (StampRecord record : book.stamps()) {
            drives.add(WindowsPaths.driveRoot(record.path()));
            book.undone(record);
        }
        for (AclBook.Placeholder placeholder : book.placeholders()) {
            drives.add(WindowsPaths.driveRoot(placeholder.path()));
            book.undone(placeholder);
        }
        drives.addAll(owners.forgetAway());
        return drives;
    }

    private boolean isLastRoot(StampRecord record) {
        return book.stamps().stream()
                .noneMatch(other -> other.root() && other.id().equals(record.id()) && !other.equals(record));
    }

    /** The object, by its path or wherever it was moved to. */
    private Optional<SecuredFile> find(StampRecord record) throws IOException {
        Optional<SecuredFile> there = files.open(record.path());
        if (there.isPresent()) {
            if (there.get().id().equals(record.id())) {
                return there;
            }
            there.get().close();
        }
        return files.openById(record.id(), record.path());
    }

    /** Removes what was made for scopes and is still empty. What somebody put something into is theirs now, and so is a root. */
    void removePlaceholders(Predicate<AclBook.Placeholder> ended) throws IOException {
        for (AclBook.Placeholder placeholder : book.placeholders()) {
            if (!ended.test(placeholder) || isAway(placeholder)) {
                continue;
            }
            boolean shared = book.placeholders().stream()
                    .anyMatch(other -> !ended.test(other) && WindowsPaths.same(other.path(), placeholder.path()));
            if (!shared) {
                remove(placeholder);
            }
            book.undone(placeholder);
        }
    }

    /** What was made has entries, and with them the volume in the book. */
    private boolean isAway(AclBook.Placeholder placeholder) {
        String drive = WindowsPaths.driveRoot(placeholder.path());
        return book.stamps(placeholder.scope()).stream()
                .filter(record -> WindowsPaths.same(WindowsPaths.driveRoot(record.path()), drive))
                .anyMatch(this::isAway);
    }

    private void remove(AclBook.Placeholder placeholder) throws IOException {
        Optional<SecuredFile> found = files.open(placeholder.path());
        if (found.isPresent()) {
            try (SecuredFile file = found.get()) {
                boolean removable =
                        !file.reparsePoint() && !book.isRoot(file.id()) && isMarked(file, placeholder.marker());
                if (removable && file.deleteIfEmpty()) {
                    forget(file);
                }
            }
        }
    }

    /** After a crash nobody knows whether it was made; made by Cordon it has had entries of Cordon's since its birth. */
    private boolean isMarked(SecuredFile file, Sid marker) throws IOException {
        boolean known = book.stamps().stream().anyMatch(record -> record.id().equals(file.id()));
        return known
                || file.descriptor().entries().stream()
                        .anyMatch(entry -> !entry.inherited()
                                && entry instanceof Ace ace
                                && ace.sid().equals(marker));
    }

    private void forget(SecuredFile file) throws IOException {
        for (StampRecord record : book.stamps()) {
            if (record.id().equals(file.id())) {
                book.undone(record);
            }
        }
    }
}
