package io.cordon.agent.adapters.discovery;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** SHA-256 of programs that are small enough to be read each time they change; remembered while size and time stay. */
final class Fingerprints {
    static final int LONGEST = 8 << 20;
    private static final int REMEMBERED = 1000;

    private record Known(FileTree.Entry entry, String sha256) {}

    private final Map<String, Known> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** Empty for what is no regular file, is too large or cannot be read. */
    String of(FileTree tree, String path, FileTree.Entry entry) {
        if (entry.kind() != FileTree.Kind.FILE || entry.size() > LONGEST) {
            return "";
        }
        String key = tree.root() + "/" + path;
        String before = remembered(key, entry);
        if (!before.isEmpty()) {
            return before;
        }
        try {
            // no lock is held while a file is read: it may be made to wait
            String sha256 = tree.read(path, LONGEST).map(Fingerprints::sha256).orElse("");
            remember(key, new Known(entry, sha256));
            return sha256;
        } catch (IOException e) {
            return "";
        }
    }

    private synchronized String remembered(String key, FileTree.Entry entry) {
        Known before = known.get(key);
        return before != null && before.entry().equals(entry) ? before.sha256() : "";
    }

    private synchronized void remember(String key, Known found) {
        known.put(key, found);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-256", e);
        }
    }
}
