package io.cordon.policy.trust;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** Timestamp metadata (specification 4.6): which snapshot is the newest. */
record TimestampMetadata(long version, Instant expires, MetaFile snapshot) {
    static TimestampMetadata parse(ObjectNode signed, String subject) throws RejectedException {
        Fields fields = Fields.of(signed, subject);
        Header header = Header.parse(fields, Role.TIMESTAMP);
        MetaFile snapshot = MetaFile.parse(fields.object("meta").object("snapshot.json"));
        return new TimestampMetadata(header.version(), header.expires(), snapshot);
    }
}
