package io.cordon.server.access;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The sessions, in the database: every node knows them, and signing out ends them everywhere. */
@ApplicationScoped
public class Sessions implements PanacheRepositoryBase<SessionEntity, byte[]> {

    /** The last use is written at most this often. */
    private static final Duration TOUCH = Duration.ofSeconds(30);

    private final AccessConfig config;
    private final InstantSource clock;
    private final Users users;
    private final SecureRandom random = new SecureRandom();

    Sessions(AccessConfig config, InstantSource clock, Users users) {
        this.config = config;
        this.clock = clock;
        this.users = users;
    }

    /** A session just made; the token goes to the browser and is not kept. */
    record Opened(String token, Session session) {}

    @Transactional
    Opened open(Actor actor, boolean local) {
        String token = randomText();
        Instant now = clock.instant();
        delete("expiresAt < ?1 or lastUsedAt < ?2", now, now.minus(config.sessionIdle()));
        SessionEntity row = new SessionEntity();
        row.tokenHash = hash(token);
        row.userName = actor.name();
        row.displayName = actor.displayName();
        row.roles = actor.roles().stream().map(Role::wire).sorted().toArray(String[]::new);
        row.local = local;
        row.csrfToken = randomText();
        row.createdAt = now;
        row.lastUsedAt = now;
        row.expiresAt = now.plus(config.sessionLifetime());
        persist(row);
        return new Opened(token, new Session(actor, row.csrfToken, row.expiresAt));
    }

    /**
     * The session of that cookie, if it has not ended. A local user's roles are read afresh: taking one away, or disabling the
     * user, holds from the next request on.
     */
    @Transactional
    public Optional<Session> find(String token) {
        Instant now = clock.instant();
        SessionEntity row = findById(hash(token));
        if (row == null
                || !row.expiresAt.isAfter(now)
                || row.lastUsedAt.plus(config.sessionIdle()).isBefore(now)) {
            return Optional.empty();
        }
        String[] roles = row.roles;
        if (row.local) {
            UserEntity user = users.findById(row.userName);
            if (user == null || user.disabled) {
                return Optional.empty();
            }
            roles = user.roles;
        }
        if (row.lastUsedAt.plus(TOUCH).isBefore(now)) {
            row.lastUsedAt = now;
        }
        return Optional.of(
                new Session(new Actor(row.userName, row.displayName, roles(roles)), row.csrfToken, row.expiresAt));
    }

    @Transactional
    void close(String token) {
        deleteById(hash(token));
    }

    @Transactional
    void closeAllOf(String user) {
        delete("userName", user);
    }

    static Set<Role> roles(String[] names) {
        return Arrays.stream(names).map(Role::of).collect(Collectors.toUnmodifiableSet());
    }

    private String randomText() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
