package io.cordon.policy.model;

import java.util.Map;
import java.util.Set;

/**
 * What an endpoint knows about itself.
 *
 * @param id the endpoint's UUID as text
 * @param os linux, windows or macos
 * @param groups the groups bound in its certificate
 * @param tags the tags bound in its certificate
 */
public record EndpointFacts(String id, String os, String hostname, Set<String> groups, Map<String, String> tags) {

    public EndpointFacts {
        groups = Set.copyOf(groups);
        tags = Map.copyOf(tags);
    }
}
