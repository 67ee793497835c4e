package io.cordon.server.policy;

import io.cordon.policy.model.DocumentKind;
import io.cordon.policy.model.PolicyName;
import org.jspecify.annotations.Nullable;

/**
 * One line of the list of documents.
 *
 * @param draft absent when nobody works on it
 * @param current the newest published revision, absent before the first publication
 */
public record PolicyEntry(
        PolicyName name,
        DocumentKind kind,
        @Nullable Draft draft,
        @Nullable PublishedRevision current) {}
