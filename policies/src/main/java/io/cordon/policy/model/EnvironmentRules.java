package io.cordon.policy.model;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which variables a confined process gets (SPEC 2.6): those that {@code pass} names and {@code withhold} does not, then
 * those of {@code set}.
 */
public record EnvironmentRules(List<NamePattern> pass, List<NamePattern> withhold, Map<String, String> set) {

    public EnvironmentRules {
        pass = List.copyOf(pass);
        withhold = List.copyOf(withhold);
        set = Map.copyOf(set);
    }

    /** True when a variable of the caller goes through. */
    public boolean passes(String variable) {
        return pass.stream().anyMatch(pattern -> pattern.matches(variable))
                && withhold.stream().noneMatch(pattern -> pattern.matches(variable));
    }

    /** The environment of the confined process, sorted, from the caller's. */
    public Map<String, String> apply(Map<String, String> caller) {
        Map<String, String> result = new TreeMap<>();
        caller.forEach((name, value) -> {
            if (passes(name)) {
                result.put(name, value);
            }
        });
        result.putAll(set);
        return result;
    }
}
