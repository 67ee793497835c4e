package io.cordon.agent.os.windows.access;

import io.cordon.agent.os.FileView;
import io.cordon.agent.os.Principal;
import io.cordon.agent.os.windows.access.SecuredFiles.FileId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Under which names the ledger keeps scopes and capabilities; the same from one version of Cordon to the next. */
final class AclKeys {
    private static final int BYTES = 16;

    private AclKeys() {}

    /** What tells this view under this policy from others. */
    static String scope(String policy, FileView.Acls view, Principal principal) {
        return digest(policy + "\n" + principal.account().id() + "\n" + view);
    }

    /** A root with what is protected in it, for one developer. */
    static String capability(FileId id, FileView.Root root, Principal principal) {
        return id + "/"
                + digest(WindowsPaths.key(root.path() + root.protectedPaths())
                        + principal.account().id());
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
