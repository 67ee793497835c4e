package io.cordon.policy.resolve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordon.policy.document.CanonicalJson;
import io.cordon.policy.document.Digest;
import io.cordon.policy.model.Agents;
import io.cordon.policy.model.Commands;
import io.cordon.policy.model.Filesystem;
import io.cordon.policy.model.Mode;
import io.cordon.policy.model.Network;
import io.cordon.policy.model.ProcessRules;
import io.cordon.policy.model.Telemetry;

/**
 * The policy that holds for one endpoint, every document merged.
 *
 * @param name of the base policy; {@code builtin-strictest} when none applies
 * @param revision of the base policy's document, the endpoint's policy version; 0 for the built-in one
 * @param contact whom a refused user may ask, possibly empty
 */
public record ResolvedPolicy(
        String name,
        int revision,
        Mode mode,
        Filesystem filesystem,
        Network network,
        ProcessRules process,
        Commands commands,
        Agents agents,
        Telemetry telemetry,
        String contact) {

    /** The policy that holds when no other does: it denies every command (SPEC 3.6). */
    public static ResolvedPolicy strictest() {
        return StrictestPolicy.POLICY;
    }

    /** SHA-256 of the canonical JSON. */
    public Digest digest() {
        return Digest.of(CanonicalJson.encode(toJson()));
    }

    /** The policy as JSON, shaped as {@code spec} of a SandboxPolicy with name, revision and contact; provenance points into it. */
    public ObjectNode toJson() {
        return ResolvedPolicyJson.write(this);
    }

    /**
     * Reads {@link #toJson()} back.
     *
     * @throws IllegalArgumentException when the JSON is anything else
     */
    public static ResolvedPolicy fromJson(JsonNode json) {
        return ResolvedPolicyReader.read(json);
    }
}
