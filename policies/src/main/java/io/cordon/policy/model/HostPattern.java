package io.cordon.policy.model;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A host in a network rule (SPEC 2.5): a name, {@code *.name} (every name below it, not itself), an IPv4 or IPv6 address,
 * or {@code *}. Lower case, no trailing dot, no Unicode: an internationalised name is written in its {@code xn--} form.
 */
public record HostPattern(String value) {

    private static final Pattern NAME = Pattern.compile(
            "(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*");

    public HostPattern {
        value = value.toLowerCase(Locale.ROOT);
        if (!value.equals("*") && !isName(value) && IpAddress.parse(value).isEmpty()) {
            throw new IllegalArgumentException(
                    "host: " + value + " (expected: a name, *.name, an IP address or *; no scheme, port or path)");
        }
        value = IpAddress.parse(value).map(IpAddress::text).orElse(value);
    }

    private static boolean isName(String value) {
        String name = value.startsWith("*.") ? value.substring(2) : value;
        return NAME.matcher(name).matches() && !IpAddress.looksNumeric(name);
    }

    /** True when the host, in the form of {@link Host#text()}, is one this pattern means. */
    public boolean matches(Host host) {
        if (value.equals("*")) {
            return true;
        }
        if (value.startsWith("*.")) {
            return !host.isAddress() && host.text().endsWith(value.substring(1));
        }
        return value.equals(host.text());
    }

    /** The pattern for the hosts that both allow; null when there are none. A wildcard allows names, never an address. */
    public @Nullable HostPattern intersect(HostPattern other) {
        if (allows(other)) {
            return other;
        }
        return other.allows(this) ? this : null;
    }

    private boolean allows(HostPattern other) {
        if (value.equals(other.value)) {
            return true;
        }
        if (IpAddress.parse(other.value).isPresent() || other.value.equals("*")) {
            return false;
        }
        return value.equals("*") || (value.startsWith("*.") && other.value.endsWith(value.substring(1)));
    }

    @Override
    public String toString() {
        return value;
    }
}
