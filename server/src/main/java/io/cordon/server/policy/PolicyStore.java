package io.cordon.server.policy;

import io.cordon.policy.model.DocumentKind;
import io.cordon.policy.model.PolicyName;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The port of the documents. Takes part in the caller's transaction; every implementation passes {@code PolicyStoreContract}.
 */
public interface PolicyStore {

    /**
     * Documents by name.
     *
     * @param kind of that kind only
     * @param after names after this one only
     */
    List<PolicyEntry> list(@Nullable DocumentKind kind, @Nullable PolicyName after, int limit);

    Optional<PolicyEntry> find(PolicyName name);

    /**
     * Saves a draft over the one whose revision is expected.
     *
     * @param draft its own revision is not read
     * @param expectedRevision of the draft it replaces; 0 when there is to be none
     */
    SaveResult saveDraft(Draft draft, int expectedRevision);

    /** Removes the draft if it still has this revision; false when it has not. */
    boolean removeDraft(PolicyName name, int revision);

    /**
     * Adds the next revision.
     *
     * @throws IllegalArgumentException when its number is not the newest one plus 1
     */
    void addRevision(PublishedRevision revision);

    /** Every revision, newest first. */
    List<PublishedRevision> revisions(PolicyName name);

    Optional<PublishedRevision> revision(PolicyName name, int revision);

    /** The newest revision of every published document, by name: what is in force. */
    List<PublishedRevision> current();
}
