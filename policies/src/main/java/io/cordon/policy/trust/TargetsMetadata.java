package io.cordon.policy.trust;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/** Targets metadata (specification 4.5): every target with its length and hashes. */
record TargetsMetadata(long version, Instant expires, Map<String, TargetFile> files) {
    static TargetsMetadata parse(ObjectNode signed, String subject, Limits limits) throws RejectedException {
        Fields fields = Fields.of(signed, subject);
        Header header = Header.parse(fields, Role.TARGETS);
        refuseDelegations(fields);
        Fields listed = fields.object("targets");
        if (listed.object().size() > limits.targets()) {
            throw new RejectedException(
                    Refusal.TOO_LARGE,
                    subject,
                    listed.object().size() + " targets",
                    "up to " + limits.targets(),
                    "5.6, T-13");
        }
        Map<String, TargetFile> files = new HashMap<>();
        for (Iterator<String> paths = listed.names(); paths.hasNext(); ) {
            String path = paths.next();
            if (!TargetPath.isSafe(path)) {
                throw StrictJson.format(subject, "target path " + path, TargetPath.RULE);
            }
            files.put(path, file(listed.object(path)));
        }
        return new TargetsMetadata(header.version(), header.expires(), Map.copyOf(files));
    }

    private static TargetFile file(Fields fields) throws RejectedException {
        Optional<Fields> custom = fields.optionalObject("custom");
        return new TargetFile(
                fields.integer("length", 0),
                fields.hashes(),
                custom.map(Fields::object).orElseGet(JsonNodeFactory.instance::objectNode));
    }

    /** Ignoring a delegation would misread what the approvers signed, so metadata that has one is refused (T-12). */
    private static void refuseDelegations(Fields fields) throws RejectedException {
        if (!fields.object().has("delegations")) {
            return;
        }
        ObjectNode delegations = fields.object("delegations").object();
        JsonNode roles = delegations.path("roles");
        boolean named = !roles.isMissingNode() && !(roles.isArray() && roles.isEmpty());
        if (named || delegations.has("succinct_roles")) {
            throw new RejectedException(
                    Refusal.DELEGATIONS,
                    fields.subject(),
                    "delegations to " + Math.max(roles.size(), 1) + " role(s)",
                    "none: delegations are not accepted yet",
                    "5.6.7, T-12");
        }
    }
}
