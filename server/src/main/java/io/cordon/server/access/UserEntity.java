package io.cordon.server.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A row of {@code users}: somebody with a local password. */
@Entity
@Table(name = "users")
class UserEntity {
    @Id
    @Column(name = "name")
    String name;

    @Column(name = "display_name")
    String displayName;

    @Column(name = "roles", columnDefinition = "text[]")
    String[] roles;

    @Column(name = "password_hash")
    String passwordHash;

    @Column(name = "disabled")
    boolean disabled;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "updated_at")
    Instant updatedAt;
}
