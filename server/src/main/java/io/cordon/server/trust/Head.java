package io.cordon.server.trust;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cordon.policy.trust.RepositoryFiles;
import io.cordon.policy.trust.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/** Version and end of validity of the current metadata of each role. */
record Head(Map<Role, Current> roles) {
    private static final ObjectMapper JSON = new ObjectMapper();

    record Current(long version, Instant expires) {}

    Head {
        roles = Map.copyOf(roles);
    }

    long version(Role role) {
        return current(role).version();
    }

    Instant expires(Role role) {
        return current(role).expires();
    }

    private Current current(Role role) {
        Current current = roles.get(role);
        if (current == null) {
            throw new IllegalStateException("repository head: no " + role.text());
        }
        return current;
    }

    /** What the fleet compares: changes exactly when there is something that an endpoint has to fetch. */
    byte[] hash() {
        String versions = "snapshot:" + version(Role.SNAPSHOT) + ";targets:" + version(Role.TARGETS);
        try {
            return MessageDigest.getInstance("SHA-256").digest(versions.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The path under which a role's current metadata is served. */
    String path(Role role) {
        return role == Role.TIMESTAMP
                ? RepositoryFiles.TIMESTAMP
                : "metadata/" + version(role) + "." + role.text() + ".json";
    }

    /** This head after the given files were published: the roles they hold are read from them. */
    Head with(RepositoryFiles published) {
        EnumMap<Role, Current> next = new EnumMap<>(Role.class);
        next.putAll(roles);
        published.files().forEach((path, bytes) -> {
            if (path.startsWith("metadata/")) {
                for (Role role : Role.values()) {
                    if (path.endsWith("." + role.text() + ".json")
                            || path.equals("metadata/" + role.text() + ".json")) {
                        next.put(role, read(path, bytes));
                    }
                }
            }
        });
        return new Head(next);
    }

    private static Current read(String path, byte[] bytes) {
        try {
            JsonNode signed = JSON.readTree(bytes).path("signed");
            return new Current(
                    signed.required("version").asLong(),
                    Instant.parse(signed.required("expires").asText()));
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalStateException(path + ": not metadata (expected: what the publisher wrote)", e);
        }
    }
}
