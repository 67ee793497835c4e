package io.cordon.policy.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who and what a document is.
 *
 * @param title one line for lists; the name when the document has none
 * @param description the paragraph of intent, possibly empty
 * @param contact whom a refused user may ask, possibly empty
 * @param created when it was written; required for an Exception, whose end is counted from it
 */
public record Metadata(
        PolicyName name,
        String title,
        String description,
        String contact,
        @Nullable Instant created) {}
