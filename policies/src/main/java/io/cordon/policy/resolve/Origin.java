package io.cordon.policy.resolve;

import io.cordon.policy.model.PolicyDocument;
import io.cordon.policy.model.Position;

/**
 * Where a value comes from.
 *
 * @param pointer of the value in the document
 */
record Origin(PublishedDocument published, String pointer) {

    static Origin of(PublishedDocument published, String pointer) {
        return new Origin(published, pointer);
    }

    /** The place of a member of a group; that of the group where the document leaves the member to its default. */
    static Origin within(PublishedDocument published, String group, String member) {
        Origin own = new Origin(published, group + "/" + member);
        return published.document().source().positions().containsKey(own.pointer) ? own : new Origin(published, group);
    }

    /** The provenance of a leaf of the resolved policy. {@code below} is what its pointer has beyond the tracked value's. */
    Provenance provenance(String leaf, String below, String value) {
        PolicyDocument document = published.document();
        if (!document.source().positions().containsKey(pointer)) {
            return builtin(leaf, value);
        }
        Position position = document.source().position(pointer + below);
        return new Provenance(
                leaf,
                value,
                published.target(),
                position.line(),
                document.kind().provenance(),
                published.revision());
    }

    /** The provenance of what no document says. */
    static Provenance builtin(String leaf, String value) {
        return new Provenance(leaf, value, "builtin", 0, "builtin", 0);
    }
}
