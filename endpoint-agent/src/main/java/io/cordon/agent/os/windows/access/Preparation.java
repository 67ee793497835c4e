package io.cordon.agent.os.windows.access;

import io.cordon.agent.os.CannotConfineException;
import io.cordon.agent.os.FileView;
import io.cordon.agent.os.Principal;
import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.access.SecuredFiles.FileId;
import io.cordon.agent.os.windows.access.SecuredFiles.SecuredFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One call of {@link AclProvisioner#prepare}: look, write down, set. */
final class Preparation {
    private final SecuredFiles files;
    private final AclBook book;
    private final FolderBook folders;
    private final Trustees trustees;
    private final String temporary;
    private final String policy;
    private final FileView.Acls view;
    private final Principal principal;
    private final AclProvisioner.AclMode mode;
    private final Sid developer;
    private final TreeStamp tree;
    private final OwnerReturn owners;
    private final Map<String, Sid> capabilities = new LinkedHashMap<>();
    private final Map<FileId, Target> targets = new LinkedHashMap<>();
    /** Roots as they were looked at. */
    private final Map<String, FileId> checked = new HashMap<>();

    /** An object with everything the view wants of it. */
    private record Target(String path, FileId id, boolean directory, Set<Wanted.Role> roles, Set<Ace> aces) {
        boolean isRoot() {
            return roles.contains(Wanted.Role.ROOT);
        }

        boolean closes() {
            return roles.stream().anyMatch(Wanted.Role::closes);
        }
    }

    Preparation(
            SecuredFiles files,
            AclBook book,
            FolderBook folders,
            Trustees trustees,
            String temporary,
            String policy,
            FileView.Acls view,
            Principal principal,
            AclProvisioner.AclMode mode) {
        this.files = files;
        this.book = book;
        this.folders = folders;
        this.trustees = trustees;
        this.temporary = temporary;
        this.policy = policy;
        this.view = view;
        this.principal = principal;
        this.mode = mode;
        this.developer = Sid.parse(principal.account().windows().sid());
        this.tree = new TreeStamp(trustees.accounts(), temporary);
        this.owners = new OwnerReturn(files, folders, tree);
    }

    /** What tells this view under this policy from others. */
    static String scope(String policy, FileView.Acls view, Principal principal) {
        return digest(policy + "\n" + principal.account().id() + "\n" + view);
    }

    String scope() {
        return scope(policy, view, principal);
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    List<Sid> run() throws IOException {
        checkRoots();
        List<Wanted> plan = AclPlanner.plan(view, root -> capabilities.getOrDefault(root.path(), trustees.group()));
        if (mode == AclProvisioner.AclMode.MANUAL) {
            List<Wanted> theirs =
                    plan.stream().filter(wanted -> !isCordons(wanted.path())).toList();
            new ManualAcls(files, trustees, tree, developer).require(theirs);
            plan = plan.stream().filter(wanted -> isCordons(wanted.path())).toList();
        }
        Placeholders placeholders = new Placeholders(files, book, trustees, developer, scope());
        for (Wanted wanted : plan) {
            if (wanted.create()) {
                placeholders.ensure(wanted);
            }
        }
        for (Wanted wanted : plan) {
            look(wanted);
        }
        recall();
        writeDown();
        set();
        return List.copyOf(capabilities.values());
    }

    /** Cordon's own folder, which is no administrator's to look after. */
    private boolean isCordons(String path) {
        return WindowsPaths.inside(path, WindowsPaths.parent(temporary));
    }

    private void checkRoots() throws IOException {
        RunMade made = new RunMade(files, book, owners, tree, principal, mode);
        if (view.roots().size() > Capabilities.MAX) {
            throw new CannotConfineException(
                    "too-many-roots",
                    "the policy has " + view.roots().size() + " writable roots here (expected: at most "
                            + Capabilities.MAX + "); name folders further up");
        }
        for (FileView.Root root : view.roots()) {
            boolean own = WindowsPaths.same(WindowsPaths.parent(root.path()), temporary);
            if (own) {
                new TemporaryFolder(files, folders, temporary).ensure(root.path(), developer);
            }
            if (!own) {
                made.settle(root.path());
            }
            try (SecuredFile file = require(root.path())) {
                RootChecks.requireRoot(file, root.path(), principal, own);
                if (!own) {
                    made.requireSettled(file, root.path());
                }
                checked.put(root.path(), file.id());
                capabilities.put(
                        root.path(),
                        book.capability(file.id() + "/"
                                + digest(WindowsPaths.key(root.path() + root.protectedPaths())
                                        + principal.account().id())));
            }
        }
        for (String path : view.entered()) {
            made.settle(path);
            try (SecuredFile file = require(path)) {
                RootChecks.requireRights(
                        file, path, principal, AccessMask.FILE_GENERIC_READ | AccessMask.FILE_GENERIC_EXECUTE);
            }
        }
    }

    private SecuredFile require(String path) throws IOException {
        Optional<SecuredFile> found = files.open(path);
        return found.orElseThrow(
                () -> new CannotConfineException("path-changed", path + " is not there any more; try again"));
    }

    private void look(Wanted wanted) throws IOException {
        Optional<SecuredFile> found = files.open(wanted.path());
        if (found.isEmpty()) {
            return;
        }
        try (SecuredFile file = found.get()) {
            if (wanted.role() != Wanted.Role.DENIED) {
                RootChecks.requirePlanned(file, wanted.path());
            }
            if (wanted.role() == Wanted.Role.ROOT && !file.id().equals(checked.get(wanted.path()))) {
                throw new CannotConfineException("path-changed", wanted.path() + " was replaced meanwhile; try again");
            }
            requireList(file, wanted.path());
            if (wanted.role() == Wanted.Role.PASSAGE && ExplicitEntries.canBePassed(file.descriptor())) {
                return;
            }
            add(file, wanted.path(), wanted);
            boolean fresh = book.stamp(scope(), file.id()) == null;
            if (fresh && wanted.role().closes() && file.directory() && !file.reparsePoint()) {
                for (String exposed : tree.exposed(file, wanted.path(), developer)) {
                    lookAtExposed(exposed, wanted);
                }
            }
        }
    }

    private static void requireList(SecuredFile file, String path) throws IOException {
        if (file.descriptor().isOpen()) {
            throw new CannotConfineException(
                    "no-access-control",
                    path
                            + " has no access control list and is open to everybody; give it one, for example with: icacls \""
                            + path + "\" /reset");
        }
    }

    private void lookAtExposed(String path, Wanted above) throws IOException {
        Optional<SecuredFile> found = files.open(path);
        if (found.isPresent()) {
            try (SecuredFile file = found.get()) {
                requireList(file, path);
                add(file, path, above);
            }
        }
    }

    private void add(SecuredFile file, String path, Wanted wanted) {
        boolean directory = file.directory();
        Target target = targets.computeIfAbsent(
                file.id(), id -> new Target(path, id, directory, EnumSet.noneOf(Wanted.Role.class), new HashSet<>()));
        target.roles().add(wanted.role());
        target.aces().addAll(wanted.aces(trustees, directory));
    }

    /** Objects below closed folders that were closed one by one before: looked for once, kept closed always. */
    private void recall() throws IOException {
        for (StampRecord record : book.stamps(scope())) {
            if (targets.containsKey(record.id())) {
                continue;
            }
            Optional<SecuredFile> found = files.openById(record.id(), record.path());
            if (found.isPresent()) {
                try (SecuredFile file = found.get()) {
                    targets.put(
                            record.id(),
                            new Target(
                                    file.finalPath(),
                                    record.id(),
                                    file.directory(),
                                    EnumSet.of(Wanted.Role.HELD),
                                    new HashSet<>(record.intended())));
                }
            }
        }
    }

    private void writeDown() throws IOException {
        List<StampRecord> records = new ArrayList<>();
        for (Target target : targets.values()) {
            StampRecord known = book.stamp(scope(), target.id());
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
                        scope(),
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
    private void set() throws IOException {
        boolean opened = false;
        List<Target> closing =
                targets.values().stream().filter(target -> !target.isRoot()).toList();
        for (Target target : closing) {
            set(target);
        }
        for (Target target : targets.values()) {
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
        for (Target target : targets.values()) {
            book.done(scope(), target.id());
        }
    }

    /** Whether anything below the object was touched. */
    private boolean set(Target target) throws IOException {
        try (SecuredFile file = require(target)) {
            boolean half = book.isUnfinished(scope(), target.id());
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
        StampRecord own = book.stamp(scope(), target.id());
        return !book.wanted(target.id(), own).containsAll(target.aces());
    }

    /** What a run made must not be its own where it is to be closed: an owner can change entries. */
    private void takeOver(SecuredFile file, Target target) throws IOException {
        if (tree.isOurs(file) && !target.isRoot()) {
            String parent = WindowsPaths.parent(target.path());
            try (SecuredFile above = require(parent)) {
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
