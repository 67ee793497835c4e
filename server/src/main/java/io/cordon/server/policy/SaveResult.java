package io.cordon.server.policy;

import java.util.Optional;

/** What came of saving a draft. */
public sealed interface SaveResult {
    /** Saved; the draft has its new revision. */
    record Saved(Draft draft) implements SaveResult {}

    /** Not saved: the draft is another than the one that the change was made to; empty when there is none (any more). */
    record Conflict(Optional<Draft> current) implements SaveResult {}
}
