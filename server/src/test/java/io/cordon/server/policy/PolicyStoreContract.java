package io.cordon.server.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.policy.model.DocumentKind;
import io.cordon.policy.model.PolicyName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What every {@link PolicyStore} does. Names are new in every test, since a store may hold other documents. */
abstract class PolicyStoreContract {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private final PolicyName name = newName("a");

    abstract PolicyStore store();

    abstract <T> T inTransaction(Supplier<T> work);

    static PolicyName newName(String prefix) {
        return new PolicyName(prefix + "-" + UUID.randomUUID());
    }

    private static Draft draft(PolicyName name, String source) {
        return new Draft(name, DocumentKind.SANDBOX_POLICY, 0, "Title", "Intent", source, "alice", "because", NOW);
    }

    private static PublishedRevision revision(PolicyName name, int number, String source) {
        return new PublishedRevision(
                name,
                DocumentKind.SANDBOX_POLICY,
                number,
                "Title",
                "Intent",
                source,
                "0".repeat(64),
                "alice",
                "because",
                NOW);
    }

    private SaveResult save(PolicyName of, String source, int expected) {
        return inTransaction(() -> store().saveDraft(draft(of, source), expected));
    }

    private int saved(PolicyName of, String source, int expected) {
        return assertInstanceOf(SaveResult.Saved.class, save(of, source, expected))
                .draft()
                .revision();
    }

    private void add(PublishedRevision revision) {
        inTransaction(() -> {
            store().addRevision(revision);
            return true;
        });
    }

    @Test
    void savesADraftAndGivesItBackWhole() {
        saved(name, "one", 0);
        Draft draft = store().find(name).orElseThrow().draft();
        assertNotNull(draft);
        assertEquals("one", draft.source());
        assertEquals("alice", draft.author());
        assertEquals("because", draft.reason());
        assertEquals("Intent", draft.description());
        assertEquals(NOW, draft.updatedAt());
    }

    @Test
    void refusesToSaveOverAStateThatTheWriterHasNotSeen() {
        int first = saved(name, "one", 0);
        int second = saved(name, "two", first);
        SaveResult.Conflict conflict = assertInstanceOf(SaveResult.Conflict.class, save(name, "mine", first));
        assertEquals("two", conflict.current().orElseThrow().source());
        assertEquals(second, conflict.current().orElseThrow().revision());
        assertEquals(
                "two",
                Optional.ofNullable(store().find(name).orElseThrow().draft())
                        .orElseThrow()
                        .source());
    }

    @Test
    void refusesASecondBeginningOfADraft() {
        saved(name, "one", 0);
        assertInstanceOf(SaveResult.Conflict.class, save(name, "mine", 0));
    }

    @Test
    void neverNumbersTwoStatesOfADraftAlike() {
        int first = saved(name, "one", 0);
        assertTrue(inTransaction(() -> store().removeDraft(name, first)));
        int second = saved(name, "two", 0);
        assertTrue(second > first);
        assertInstanceOf(SaveResult.Conflict.class, save(name, "mine", first));
    }

    @Test
    void removesOnlyTheStateThatIsNamed() {
        int first = saved(name, "one", 0);
        int second = saved(name, "two", first);
        assertFalse(inTransaction(() -> store().removeDraft(name, first)));
        assertTrue(inTransaction(() -> store().removeDraft(name, second)));
        assertEquals(Optional.empty(), store().find(name));
    }

    @Test
    void aNameOfWhichNothingIsLeftMayBecomeAnotherKind() {
        int first = saved(name, "one", 0);
        inTransaction(() -> store().removeDraft(name, first));
        Draft tightening = new Draft(name, DocumentKind.TIGHTENING, 0, "T", "", "two", "alice", "because", NOW);
        inTransaction(() -> store().saveDraft(tightening, 0));
        assertEquals(DocumentKind.TIGHTENING, store().find(name).orElseThrow().kind());
    }

    @Test
    void numbersRevisionsWithoutGaps() {
        add(revision(name, 1, "one"));
        assertThrows(IllegalArgumentException.class, () -> add(revision(name, 3, "three")));
        assertThrows(IllegalArgumentException.class, () -> add(revision(name, 1, "again")));
        add(revision(name, 2, "two"));
        assertEquals(
                List.of(2, 1),
                store().revisions(name).stream()
                        .map(PublishedRevision::revision)
                        .toList());
        assertEquals(revision(name, 1, "one"), store().revision(name, 1).orElseThrow());
        assertEquals(Optional.empty(), store().revision(name, 3));
    }

    @Test
    void theNewestRevisionOfEachNameIsCurrent() {
        PolicyName other = newName("b");
        add(revision(name, 1, "one"));
        add(revision(name, 2, "two"));
        add(revision(other, 1, "other"));
        List<PublishedRevision> mine = store().current().stream()
                .filter(each -> each.name().equals(name) || each.name().equals(other))
                .toList();
        assertEquals(List.of(revision(name, 2, "two"), revision(other, 1, "other")), mine);
    }

    @Test
    void listsByNameAfterAName() {
        PolicyName later = newName("z");
        saved(later, "draft", 0);
        add(revision(name, 1, "one"));
        List<PolicyName> all = names(store().list(null, null, 1000));
        assertTrue(all.indexOf(name) >= 0 && all.indexOf(name) < all.indexOf(later), all.toString());
        List<PolicyEntry> rest = store().list(DocumentKind.SANDBOX_POLICY, name, 1000);
        assertFalse(names(rest).contains(name));
        assertTrue(names(rest).contains(later));
        assertFalse(names(store().list(DocumentKind.ASSIGNMENTS, null, 1000)).contains(name));
        assertEquals(1, store().list(null, null, 1).size());
        assertNull(rest.get(names(rest).indexOf(later)).current());
    }

    private static List<PolicyName> names(List<PolicyEntry> entries) {
        return entries.stream().map(PolicyEntry::name).toList();
    }
}
