package io.cordon.policy.trust;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Snapshot metadata (specification 4.5): the version of every targets file. */
record SnapshotMetadata(long version, Instant expires, Map<String, MetaFile> meta) {
    static final String TARGETS = "targets.json";

    /** Names of top level files: as delegated roles they would stand for the client's own files (T-12). */
    private static final Set<String> RESERVED = Set.of("root.json", "snapshot.json", "timestamp.json", TARGETS);

    static SnapshotMetadata parse(ObjectNode signed, String subject) throws RejectedException {
        Fields fields = Fields.of(signed, subject);
        Header header = Header.parse(fields, Role.SNAPSHOT);
        Fields listed = fields.object("meta");
        Map<String, MetaFile> meta = new HashMap<>();
        for (Iterator<String> names = listed.names(); names.hasNext(); ) {
            String name = names.next();
            if (!name.equals(TARGETS) && RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
                throw listed.wrong(name, null, "no role of that name");
            }
            meta.put(name, MetaFile.parse(listed.object(name)));
        }
        if (!meta.containsKey(TARGETS)) {
            throw listed.wrong(TARGETS, null, "the version of targets");
        }
        return new SnapshotMetadata(header.version(), header.expires(), Map.copyOf(meta));
    }

    MetaFile targets() {
        MetaFile targets = meta.get(TARGETS);
        if (targets == null) {
            throw new IllegalStateException("snapshot without " + TARGETS);
        }
        return targets;
    }
}
