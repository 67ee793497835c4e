package io.cordon.agent.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordon.policy.resolve.AppliedDocument;
import io.cordon.policy.resolve.Resolution;
import java.nio.charset.StandardCharsets;

/** The policy in force as it stands in a report, under the key {@code policy} of the effective configuration. */
final class EffectivePolicyJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private EffectivePolicyJson() {}

    static byte[] write(InForce inForce) {
        Resolution resolution = inForce.resolution();
        ObjectNode json = JSON.createObjectNode()
                .put("policyName", resolution.policy().name())
                .put("policyVersion", resolution.policy().revision())
                .put("digest", resolution.policy().digest().hex())
                .put("mode", resolution.policy().mode().word())
                .put("targetsVersion", inForce.versions().targets())
                .put("rootVersion", inForce.versions().root());
        inForce.staleSince().ifPresent(since -> json.put("staleSince", since.toString()));
        ArrayNode documents = json.putArray("documents");
        for (AppliedDocument document : resolution.documents()) {
            documents
                    .addObject()
                    .put("target", document.target())
                    .put("revision", document.revision())
                    .put("digest", document.digest().hex())
                    .put("kind", document.kind().word());
        }
        ArrayNode notices = json.putArray("notices");
        resolution.notices().forEach(notices::add);
        try {
            return JSON.writeValueAsString(json).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of text and numbers has no JSON form", e);
        }
    }
}
