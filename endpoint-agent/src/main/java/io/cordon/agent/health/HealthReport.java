package io.cordon.agent.health;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** All components at one moment. */
public record HealthReport(Map<Component, ComponentState> components) {
    public HealthReport {
        EnumMap<Component, ComponentState> sorted = new EnumMap<>(Component.class);
        sorted.putAll(components);
        components = Collections.unmodifiableMap(sorted);
    }

    public boolean healthy() {
        return components.values().stream().allMatch(ComponentState::healthy);
    }

    /** What is wrong, all of it in one line; empty when nothing is. */
    public Optional<String> problem() {
        String ill = components.entrySet().stream()
                .filter(each -> !each.getValue().healthy())
                .map(each -> each.getKey().word() + ": " + each.getValue().status())
                .collect(Collectors.joining("; "));
        return ill.isEmpty() ? Optional.empty() : Optional.of(ill);
    }
}
