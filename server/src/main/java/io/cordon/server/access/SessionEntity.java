package io.cordon.server.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A row of {@code sessions}. */
@Entity
@Table(name = "sessions")
class SessionEntity {
    @Id
    @Column(name = "token_hash")
    byte[] tokenHash;

    @Column(name = "user_name")
    String userName;

    @Column(name = "display_name")
    String displayName;

    @Column(name = "roles", columnDefinition = "text[]")
    String[] roles;

    @Column(name = "local")
    boolean local;

    @Column(name = "csrf_token")
    String csrfToken;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "last_used_at")
    Instant lastUsedAt;

    @Column(name = "expires_at")
    Instant expiresAt;
}
