package io.cordon.policy.model;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A host, the TCP ports and the methods of plain HTTP that a network rule means (SPEC 2.5); no ports means every port, no
 * methods every method.
 *
 * @param ports 1 to 65535, ascending
 * @param methods in capitals, ascending
 */
public record HostRule(HostPattern host, List<Integer> ports, List<String> methods) {

    private static final Pattern METHOD = Pattern.compile("[A-Z][A-Z-]{0,31}");

    public HostRule {
        ports = ports.stream().map(Ports::checked).distinct().sorted().toList();
        methods = methods.stream().map(HostRule::checked).distinct().sorted().toList();
    }

    /** A rule for every method. */
    public HostRule(HostPattern host, List<Integer> ports) {
        this(host, ports, List.of());
    }

    private static String checked(String method) {
        if (!METHOD.matcher(method).matches()) {
            throw new IllegalArgumentException("method: " + method + " (expected: an HTTP method in capitals)");
        }
        return method;
    }

    /** True when the rule means that host and port, with whatever method. */
    public boolean matches(Host target, int port) {
        return host.matches(target) && (ports.isEmpty() || ports.contains(port));
    }

    /** True when every method is meant, or the given one is; a method that cannot be seen (null) is not. */
    public boolean meansMethod(@Nullable String method) {
        return methods.isEmpty() || (method != null && methods.contains(method));
    }

    /** The rule for what both mean; null when that is nothing. */
    public @Nullable HostRule intersect(HostRule other) {
        HostPattern both = host.intersect(other.host);
        List<Integer> commonPorts = common(ports, other.ports);
        List<String> commonMethods = common(methods, other.methods);
        return both == null || commonPorts == null || commonMethods == null
                ? null
                : new HostRule(both, commonPorts, commonMethods);
    }

    /** Where an empty list means everything; null when they have nothing in common. */
    private static <T> @Nullable List<T> common(List<T> one, List<T> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() ? other : one;
        }
        List<T> common = one.stream().filter(other::contains).toList();
        return common.isEmpty() ? null : common;
    }

    @Override
    public String toString() {
        String hostAndPorts = ports.isEmpty()
                ? host.value()
                : host.value() + ":" + ports.stream().map(String::valueOf).collect(Collectors.joining(","));
        return methods.isEmpty() ? hostAndPorts : hostAndPorts + " " + String.join(",", methods);
    }
}
