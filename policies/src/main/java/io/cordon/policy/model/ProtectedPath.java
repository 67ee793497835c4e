package io.cordon.policy.model;

/**
 * A path relative to every writable root that stays read-only, whether it exists or not (SPEC 2.4). Components may hold
 * {@code *}.
 */
public record ProtectedPath(String value) {

    public ProtectedPath {
        String problem =
                value.isEmpty() || value.startsWith("~") || value.startsWith("/") || value.matches("[A-Za-z]:.*")
                        ? "a path relative to the writable roots, such as .git/hooks"
                        : PathComponents.problem(value);
        if (problem != null) {
            throw new IllegalArgumentException("protect: " + value + " (expected: " + problem + ")");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
