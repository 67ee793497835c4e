package io.cordon.server.trust;

import io.cordon.policy.trust.Lifetimes;
import io.cordon.policy.trust.Publisher;
import io.cordon.policy.trust.RepositoryFiles;
import io.cordon.policy.trust.Role;
import io.cordon.policy.trust.RoleKeys;
import io.cordon.policy.trust.RootKeys;
import io.cordon.policy.trust.Seed;
import io.cordon.policy.trust.Signers;
import io.cordon.policy.trust.TargetContent;
import io.cordon.server.audit.AuditEvent;
import io.cordon.server.audit.AuditLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * The repository that endpoints verify. Whatever changes it holds the head's row lock from reading the current versions to
 * its commit, so publishers take turns and a crash leaves either all of a publication or nothing of it.
 */
@ApplicationScoped
public class SignedRepository implements RepositoryHead {
    /** PostgreSQL notifies this channel when there is something new to fetch; the payload is the targets version. */
    public static final String CHANNEL = "cordon_published";

    private final RepositoryStore store;
    private final SigningKeys keys;
    private final AuditLog audit;
    private final InstantSource clock;
    private final Lifetimes lifetimes;
    private final Publisher publisher;

    SignedRepository(RepositoryStore store, SigningKeys keys, AuditLog audit, InstantSource clock, TrustConfig config) {
        this.store = store;
        this.keys = keys;
        this.audit = audit;
        this.clock = clock;
        this.lifetimes = config.lifetimes();
        this.publisher = new Publisher(clock, lifetimes);
    }

    /** At the first start of the first node: keys, and a repository without any target. */
    @Transactional
    public void begin() {
        store.lockBeginning();
        if (store.head().isPresent()) {
            return;
        }
        RootKeys root =
                new RootKeys(single(Role.ROOT), single(Role.TARGETS), single(Role.SNAPSHOT), single(Role.TIMESTAMP));
        save(new Head(Map.of()), publisher.initial(root, signers()));
        record("trust.begin", "The first start makes the signing keys and an empty repository.");
    }

    /** Makes the caller's transaction the only one that publishes until it ends. */
    @Transactional(TxType.MANDATORY)
    public void lock() {
        lockedHead();
    }

    /**
     * Signs the set of targets that replaces the one before, within the caller's transaction.
     *
     * @param targets every document in force from now on, by target path
     * @return the version of the new targets metadata
     * @throws io.cordon.policy.trust.PublishRefusedException for what must not be signed
     */
    @Transactional(TxType.MANDATORY)
    public long publish(Map<String, TargetContent> targets) {
        Head head = lockedHead();
        Head next = save(head, publisher.publish(store.current(head), targets, signers()));
        store.announce(next.version(Role.TARGETS));
        return next.version(Role.TARGETS);
    }

    /**
     * Renews what has lived half of its lifetime. Nothing to do for a node while another one holds the head.
     *
     * @return the action taken, empty when nothing was due
     */
    @Transactional
    public Optional<String> renew() {
        Head head = store.tryLockHead().orElse(null);
        if (head == null) {
            return Optional.empty();
        }
        RepositoryFiles current = store.current(head);
        if (isDue(head, Role.ROOT)) {
            RootKeys same = new RootKeys(
                    single(Role.ROOT), single(Role.TARGETS), single(Role.SNAPSHOT), single(Role.TIMESTAMP));
            return renewed(head, publisher.rotateRoot(current, same, signers()), "trust.renew-root");
        }
        if (isDue(head, Role.TARGETS)) {
            return renewed(head, publisher.renewTargets(current, signers()), "trust.renew-targets");
        }
        if (isDue(head, Role.SNAPSHOT)) {
            return renewed(head, publisher.refreshSnapshot(current, signers()), "trust.renew-snapshot");
        }
        if (isDue(head, Role.TIMESTAMP)) {
            save(head, publisher.refreshTimestamp(current, signers()));
            // several a day and nothing is decided by it: the audit log would only be filled
            return Optional.of("trust.renew-timestamp");
        }
        return Optional.empty();
    }

    /** One file as it is served, by its path relative to the repository's base. */
    public Optional<byte[]> file(String path) {
        return store.file(path);
    }

    /** What an enrolling endpoint is given out of band: the current root, timestamp and snapshot. */
    public Seed seed() {
        Head head = begun();
        RepositoryFiles current = store.current(head);
        return new Seed(
                bytes(current, head.path(Role.ROOT)),
                bytes(current, head.path(Role.TIMESTAMP)),
                bytes(current, head.path(Role.SNAPSHOT)));
    }

    @Override
    public Published published() {
        Head head = begun();
        return new Published(head.hash(), head.version(Role.TARGETS), head.version(Role.SNAPSHOT));
    }

    /** Versions and ends of validity of what is current. */
    Head begun() {
        return store.head().orElseThrow(() -> new IllegalStateException("the repository was not begun"));
    }

    private Optional<String> renewed(Head head, RepositoryFiles files, String action) {
        Head next = save(head, files);
        store.announce(next.version(Role.TARGETS));
        record(action, "The signed metadata has lived half of its lifetime.");
        return Optional.of(action);
    }

    private boolean isDue(Head head, Role role) {
        var lifetime =
                switch (role) {
                    case ROOT -> lifetimes.root();
                    case TARGETS -> lifetimes.targets();
                    case SNAPSHOT -> lifetimes.snapshot();
                    case TIMESTAMP -> lifetimes.timestamp();
                };
        return clock.instant().isAfter(head.expires(role).minus(lifetime.dividedBy(2)));
    }

    private Head lockedHead() {
        return store.lockHead().orElseThrow(() -> new IllegalStateException("the repository was not begun"));
    }

    private Head save(Head before, RepositoryFiles files) {
        Head next = before.with(files);
        store.add(files, next, clock.instant());
        return next;
    }

    private void record(String action, String reason) {
        Instant now = clock.instant();
        audit.append(new AuditEvent(now, "system", action, "repository", reason));
    }

    private RoleKeys single(Role role) {
        return RoleKeys.single(keys.of(role).key());
    }

    private Signers signers() {
        Signers all = Signers.none();
        for (Role role : Role.values()) {
            all = all.with(role, keys.of(role));
        }
        return all;
    }

    private static byte[] bytes(RepositoryFiles files, String path) {
        byte[] bytes = files.files().get(path);
        if (bytes == null) {
            throw new IllegalStateException(path + ": missing (expected: published)");
        }
        return bytes;
    }
}
