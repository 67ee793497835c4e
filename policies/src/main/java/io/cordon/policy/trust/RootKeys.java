package io.cordon.policy.trust;

/** What a root says: who signs which role. */
public record RootKeys(RoleKeys root, RoleKeys targets, RoleKeys snapshot, RoleKeys timestamp) {
    RoleKeys of(Role role) {
        return switch (role) {
            case ROOT -> root;
            case TARGETS -> targets;
            case SNAPSHOT -> snapshot;
            case TIMESTAMP -> timestamp;
        };
    }
}
