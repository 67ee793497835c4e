package io.cordon.policy.model;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A question to an endpoint's facts (SPEC 3.2). Each list that is not empty must have a member that matches; an empty
 * selector matches every endpoint. Host members are globs and ignore case; the others are exact.
 */
public record Selector(
        List<String> os, List<String> host, List<String> group, Map<String, List<String>> tag, List<String> id) {

    /** Matches every endpoint. */
    public static final Selector EVERYTHING = new Selector(List.of(), List.of(), List.of(), Map.of(), List.of());

    public Selector {
        os = List.copyOf(os);
        host = List.copyOf(host);
        group = List.copyOf(group);
        tag = Map.copyOf(tag);
        id = List.copyOf(id);
    }

    /** True when the endpoint is one this selector means. */
    public boolean matches(EndpointFacts facts) {
        return (os.isEmpty() || os.contains(facts.os()))
                && (host.isEmpty() || host.stream().anyMatch(glob -> matchesHost(glob, facts.hostname())))
                && (group.isEmpty() || group.stream().anyMatch(facts.groups()::contains))
                && tag.entrySet().stream().allMatch(wanted -> matchesTag(wanted, facts))
                && (id.isEmpty() || id.contains(facts.id()));
    }

    private static boolean matchesHost(String glob, String hostname) {
        return Glob.matches(glob.toLowerCase(Locale.ROOT), hostname.toLowerCase(Locale.ROOT));
    }

    private static boolean matchesTag(Map.Entry<String, List<String>> wanted, EndpointFacts facts) {
        String value = facts.tags().get(wanted.getKey());
        return value != null && wanted.getValue().contains(value);
    }
}
