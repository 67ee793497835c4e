package io.cordon.policy.resolve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The JSON form of a resolved policy. */
final class ResolvedPolicyJson {

    private ResolvedPolicyJson() {}

    static ObjectNode write(ResolvedPolicy policy) {
        throw new UnsupportedOperationException("being written");
    }

    static ResolvedPolicy read(JsonNode json) {
        throw new UnsupportedOperationException("being written");
    }
}
