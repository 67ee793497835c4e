package io.cordon.agent.os.windows.access;

import io.cordon.agent.os.Account;
import io.cordon.agent.os.FileAccess;
import io.cordon.agent.os.FileBoundary;
import io.cordon.agent.os.FilePlan;
import io.cordon.agent.os.FileView;
import io.cordon.agent.os.Ledger;
import io.cordon.agent.os.Principal;
import io.cordon.agent.os.windows.Sid;
import io.cordon.policy.evaluate.PathContext;
import io.cordon.policy.resolve.ResolvedPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/** A workstation in the model: one developer with a profile as Windows makes it, Cordon's accounts, and what provisions. */
final class Bench {
    static final Sid ADA = Sid.parse("S-1-5-21-1-2-3-1001");
    static final Sid BOB = Sid.parse("S-1-5-21-1-2-3-1002");
    static final Sid GROUP = Sid.parse("S-1-5-21-1-2-3-1100");
    static final Sid OFFLINE = Sid.parse("S-1-5-21-1-2-3-1101");
    static final Sid ONLINE = Sid.parse("S-1-5-21-1-2-3-1102");
    static final Sid LOGON = Sid.parse("S-1-5-5-0-777");
    static final String HOME = "C:\\Users\\ada";
    static final String PROJECT = HOME + "\\project";
    static final String CORDON = "C:\\ProgramData\\Cordon";
    static final String TEMPORARY = CORDON + "\\tmp";
    static final Principal PRINCIPAL = new Principal(
            "ada", new Account.Windows(ADA.toString(), List.of(Sid.USERS.toString(), GROUP.toString() + "1")), HOME);
    static final WindowsPlaces PLACES = new WindowsPlaces(
            "C:\\Windows",
            "C:\\Users",
            List.of("C:\\Program Files", "C:\\Program Files (x86)", "C:\\ProgramData"),
            false);

    final ModelTree tree;
    final ModelFiles files;
    Trustees trustees;
    private AclProvisioner.AclMode mode;
    final Path ledgerFolder;
    Ledger ledger;
    AclProvisioner provisioner;
    String policyDigest = "policy-1";
    private int sids;
    private final Map<FileView.Acls, String> prepared = new HashMap<>();

    Bench(Trustees.TokenForm form) {
        this(form, AclProvisioner.AclMode.AUTOMATIC);
    }

    Bench(Trustees.TokenForm form, AclProvisioner.AclMode mode) {
        tree = machine();
        this.mode = mode;
        files = new ModelFiles(tree);
        trustees = new Trustees(GROUP, Set.of(OFFLINE, ONLINE), form);
        try {
            ledgerFolder = Files.createTempDirectory("acl-ledger");
            ledger = Ledger.open(ledgerFolder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        provisioner = provisioner();
    }

    private AclProvisioner provisioner() {
        return new AclProvisioner(files, ledger, trustees, TEMPORARY, () -> policyDigest, fresh(), mode);
    }

    private Supplier<Sid> fresh() {
        return () -> Sid.parse("S-1-5-21-9-9-9-" + (5000 + sids++));
    }

    /** The service starts again over the same ledger and disk. */
    void restart() {
        try {
            ledger.close();
            ledger = Ledger.open(ledgerFolder);
            provisioner = provisioner();
            provisioner.recover();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The service starts again, set to another mode. */
    void mode(AclProvisioner.AclMode other) {
        mode = other;
        restart();
    }

    /** A service of another version starts, whose tokens have that form. */
    void form(Trustees.TokenForm other) {
        trustees = new Trustees(trustees.group(), trustees.accounts(), other);
        restart();
    }

    Set<String> removeAll() throws IOException {
        return provisioner.removeAll(path -> {
            ModelTree.Node above = tree.at(ModelTree.parent(path));
            if (above != null) {
                tree.remove(above, WindowsPaths.name(path));
            }
        });
    }

    void release(FileView.Acls view) {
        provisioner.release(new Capabilities.Result.Ready(List.of(), prepared.getOrDefault(view, "")));
    }

    void close() {
        try {
            ledger.close();
            Files.deleteIfExists(ledgerFolder.resolve("changes.log"));
            Files.delete(ledgerFolder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As a fresh Windows has them: only administrators and users on the drive, a profile for its owner alone. */
    private static ModelTree machine() {
        String drive = "(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)";
        ModelTree tree = new ModelTree(drive);
        tree.file("C:\\Windows\\System32\\drivers\\etc\\hosts", Sid.LOCAL_SYSTEM, "localhost");
        tree.folder("C:\\Users", Sid.LOCAL_SYSTEM)
                .folder("C:\\Program Files", Sid.LOCAL_SYSTEM)
                .folder("C:\\ProgramData", Sid.LOCAL_SYSTEM);
        tree.folder(HOME, Sid.LOCAL_SYSTEM);
        tree.secure(HOME, "O:SYG:SYD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;FA;;;" + ADA + ")");
        tree.folder(CORDON, Sid.LOCAL_SYSTEM);
        tree.secure(CORDON, "O:SYG:SYD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)");
        tree.file(CORDON + "\\identity\\key.pem", Sid.LOCAL_SYSTEM, "key");
        tree.file(HOME + "\\.ssh\\id", ADA, "secret").folder(PROJECT, ADA);
        return tree;
    }

    /** A project as it usually is. */
    Bench usual() {
        tree.file(PROJECT + "\\src\\Main.java", ADA, "class Main {}");
        tree.file(PROJECT + "\\.git\\HEAD", ADA, "ref: refs/heads/main");
        tree.file(PROJECT + "\\.git\\config", ADA, "[core]");
        tree.file(PROJECT + "\\.git\\hooks\\pre-commit", ADA, "#!/bin/sh");
        tree.file(HOME + "\\notes.txt", ADA, "notes");
        return this;
    }

    FileAccess access() {
        return new WindowsFileAccess(files, PLACES, List.of(CORDON), TEMPORARY);
    }

    FilePlan plan(FileBoundary boundary, String cwd) {
        return access().plan(boundary, PRINCIPAL, cwd, false);
    }

    FileView.Acls view(FileBoundary boundary, String cwd) {
        FilePlan plan = plan(boundary, cwd);
        if (plan instanceof FilePlan.Granted granted) {
            return granted.view().asAcls();
        }
        throw new AssertionError(plan.toString());
    }

    List<Sid> prepared(FileView.Acls view) {
        Capabilities.Result result = provisioner.prepare(view, PRINCIPAL);
        if (result instanceof Capabilities.Result.Ready ready) {
            prepared.put(view, ready.scope());
            return ready.capabilities();
        }
        throw new AssertionError(result.toString());
    }

    /** A run's token: guide 2.5. */
    Token token(List<Sid> capabilities, Token.Restriction restriction) {
        return token(OFFLINE, capabilities, restriction);
    }

    Token token(Sid account, List<Sid> capabilities, Token.Restriction restriction) {
        Set<Sid> groups = new HashSet<>(Set.of(GROUP, Sid.USERS, Sid.AUTHENTICATED_USERS, Sid.EVERYONE, LOGON));
        if (trustees.form() == Trustees.TokenForm.RESTRICTING_AND_GROUPS) {
            groups.addAll(capabilities);
        }
        Set<Sid> restricting = new HashSet<>(capabilities);
        restricting.addAll(Set.of(account, LOGON, Sid.EVERYONE));
        return new Token(account, groups, Set.of(Sid.ADMINISTRATORS), restricting, restriction);
    }

    static PathContext context(FileAccess access, String cwd) {
        String workspace = access.workspace(PRINCIPAL, cwd);
        return new PathContext(
                "windows",
                HOME,
                Objects.requireNonNullElse(workspace, "C:\\no\\workspace"),
                access.temporaryDirectory(PRINCIPAL),
                cwd);
    }

    FileView.Acls view(ResolvedPolicy policy, String cwd) {
        return view(TestPolicy.boundary(policy), cwd);
    }
}
