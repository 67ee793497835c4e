package io.cordon.policy.trust;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A target to publish.
 *
 * @param custom signed with it; strings without control characters, integers up to 2^53, no floats
 */
public record TargetContent(byte[] bytes, ObjectNode custom) {
    public static TargetContent of(byte[] bytes) {
        return new TargetContent(bytes, JsonNodeFactory.instance.objectNode());
    }
}
