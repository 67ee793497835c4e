package io.cordon.agent.os.windows.access;

import io.cordon.agent.os.CannotConfineException;
import io.cordon.agent.os.FileView;
import io.cordon.agent.os.Ledger;
import io.cordon.agent.os.Principal;
import io.cordon.agent.os.windows.Sid;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Makes file views true and takes them back. Each file view under one policy is a scope; an object carries what all live scopes
 * want of it, so that runs side by side do not undo each other's. When another policy comes into force, the scopes of the former
 * one are retired, and nothing of them is left.
 */
public final class AclProvisioner implements Capabilities {
    private final SecuredFiles files;
    private final AclBook book;
    private final FolderBook folders;
    private final OwnerReturn owners;
    private final Trustees trustees;
    private final String temporary;
    private final Supplier<String> policy;
    private final AclMode mode;
    private final Retirement retirement;
    /** Scope → how many of its runs are going. */
    private final Map<String, Integer> runs = new HashMap<>();

    /** Whether Cordon changes entries itself. */
    public enum AclMode {
        AUTOMATIC,
        /** It only checks that they are there, and says how an administrator sets them; but for those of its own folder. */
        MANUAL
    }

    /**
     * @param temporary the folder that holds the developers' temporary folders
     * @param policy digest of the policy in force
     * @param freshSid makes a random SID that names nobody, such as {@link CapabilitySids}
     */
    public AclProvisioner(
            SecuredFiles files,
            Ledger ledger,
            Trustees trustees,
            String temporary,
            Supplier<String> policy,
            Supplier<Sid> freshSid,
            AclMode mode) {
        this.files = files;
        this.book = new AclBook(ledger, freshSid, mode == AclMode.MANUAL);
        this.trustees = trustees;
        this.temporary = temporary;
        // What a policy comes to depends on the tokens: entries for others are as stale as a former policy's.
        this.policy = () -> policy.get() + " " + trustees.form() + " " + mode;
        this.mode = mode;
        this.folders = new FolderBook(ledger);
        TreeStamp tree = new TreeStamp(trustees.accounts(), temporary);
        this.owners = new OwnerReturn(files, folders, tree);
        this.retirement = new Retirement(files, book, owners, tree);
    }

    /** At start: takes back what a crash left half made and what stood for runs that are gone. */
    public synchronized void recover() throws IOException {
        Set<String> half = book.unfinishedScopes();
        retirement.retire(record -> half.contains(record.scope()));
        retirement.removePlaceholders(placeholder -> true);
        owners.finish();
        book.dropUnusedCapabilities();
    }

    /** Takes back what former policies wanted; for when a policy has come into force. The next run would otherwise do it. */
    public synchronized void converge() throws IOException {
        String current = policy.get();
        retirement.retire(record -> !record.policy().equals(current));
    }

    /** Removes a folder with everything in it, if it is there. */
    @FunctionalInterface
    public interface TreeRemoval {
        void remove(String path) throws IOException;
    }

    /**
     * At uninstall: takes back everything, and removes the temporary folders with what runs left in them. Returns the drives whose
     * volume is not there and so keeps its entries; they name nobody any more.
     */
    public synchronized Set<String> removeAll(TreeRemoval removal) throws IOException {
        retirement.retire(record -> true);
        retirement.removePlaceholders(placeholder -> true);
        owners.finish();
        for (String path : folders.temporaries()) {
            removal.remove(path);
            folders.undoneTemporary(path);
        }
        Set<String> away = retirement.forgetAway();
        book.forgetCapabilities();
        return away;
    }

    @Override
    public synchronized Result prepare(FileView.Acls view, Principal principal) {
        try {
            if (mode == AclMode.MANUAL) {
                // What was set before must not pass for what administrators set, and then be taken away.
                converge();
            }
            Preparation preparation =
                    new Preparation(files, book, folders, trustees, temporary, policy.get(), view, principal, mode);
            List<Sid> capabilities = preparation.run();
            converge();
            runs.merge(preparation.scope(), 1, Integer::sum);
            return new Result.Ready(capabilities, preparation.scope());
        } catch (CannotConfineException e) {
            return new Result.Refused(e.rule(), e.reason());
        } catch (IOException | IllegalArgumentException e) {
            return new Result.Refused(
                    "acl-failed", "access control entries could not be set, so nothing runs: " + e.getMessage());
        }
    }

    @Override
    public synchronized void release(Result.Ready prepared) {
        runs.computeIfPresent(prepared.scope(), (any, count) -> count == 1 ? null : count - 1);
        try {
            retirement.removePlaceholders(placeholder -> !runs.containsKey(placeholder.scope()));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(
                    "placeholders of a run could not be removed; the next start does it", e);
        }
    }
}
