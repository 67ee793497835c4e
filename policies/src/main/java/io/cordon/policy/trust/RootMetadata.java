package io.cordon.policy.trust;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Root metadata (specification 4.3): who signs what. */
record RootMetadata(
        long version,
        Instant expires,
        boolean consistentSnapshot,
        Map<String, Optional<VerificationKey>> keys,
        Map<Role, RoleRule> rules) {

    record RoleRule(Set<String> keyIds, int threshold) {}

    static RootMetadata parse(ObjectNode signed, String subject) throws RejectedException {
        Fields fields = Fields.of(signed, subject);
        Header header = Header.parse(fields, Role.ROOT);
        return new RootMetadata(
                header.version(), header.expires(), fields.flag("consistent_snapshot"), keys(fields), rules(fields));
    }

    private static Map<String, Optional<VerificationKey>> keys(Fields fields) throws RejectedException {
        Map<String, Optional<VerificationKey>> keys = new HashMap<>();
        for (Map.Entry<String, JsonNode> each : fields.object("keys").object().properties()) {
            keys.put(each.getKey(), VerificationKey.read(each.getValue()));
        }
        return Map.copyOf(keys);
    }

    private static Map<Role, RoleRule> rules(Fields fields) throws RejectedException {
        Map<Role, RoleRule> rules = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            Fields rule = fields.object("roles").object(role.text());
            long threshold = rule.integer("threshold", 1);
            rules.put(role, new RoleRule(rule.distinctTexts("keyids"), (int) Math.min(threshold, Integer.MAX_VALUE)));
        }
        return rules;
    }

    RoleRule rule(Role role) {
        RoleRule rule = rules.get(role);
        if (rule == null) {
            throw new IllegalStateException("root without " + role);
        }
        return rule;
    }

    Optional<VerificationKey> key(String keyId) {
        return keys.getOrDefault(keyId, Optional.empty());
    }

    /** Whether the next root no longer trusts a key that this one trusted for the role: a rotation, not an addition. */
    boolean revokesKeyOf(Role role, RootMetadata next) {
        return !next.keyValues(role).containsAll(keyValues(role));
    }

    private Set<String> keyValues(Role role) {
        return rule(role).keyIds().stream()
                .map(this::key)
                .flatMap(Optional::stream)
                .map(VerificationKey::value)
                .collect(Collectors.toSet());
    }
}
