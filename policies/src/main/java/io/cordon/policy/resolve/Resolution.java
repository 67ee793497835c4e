package io.cordon.policy.resolve;

import java.util.List;

/**
 * What holds for an endpoint, and why.
 *
 * @param provenance one entry for each leaf of the policy's JSON
 * @param notices sentences for people: what is enforced differently, which exceptions hold, until when
 * @param documents the base first, then exceptions and tightenings in the order they were applied
 */
public record Resolution(
        ResolvedPolicy policy, List<Provenance> provenance, List<String> notices, List<AppliedDocument> documents) {

    public Resolution {
        provenance = List.copyOf(provenance);
        notices = List.copyOf(notices);
        documents = List.copyOf(documents);
    }
}
