package io.cordon.policy.model;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A host that something wants to reach, in one form: lower case, without a trailing dot, addresses in their canonical
 * text with IPv4-mapped IPv6 as IPv4.
 *
 * @param text the name, or the address
 * @param isAddress whether it is an address
 */
public record Host(String text, boolean isAddress) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,63}(?:\\.[a-z0-9_-]{1,63})*");

    /** The host in its one form; empty for anything else: Unicode, odd numeric forms, ports, schemes, empty labels. */
    public static Optional<Host> parse(String given) {
        String text = given.toLowerCase(Locale.ROOT);
        if (text.startsWith("[") && text.endsWith("]")) {
            text = text.substring(1, text.length() - 1);
        }
        Optional<IpAddress> address = IpAddress.parse(text);
        if (address.isPresent()) {
            return Optional.of(new Host(address.get().text(), true));
        }
        if (text.endsWith(".")) {
            text = text.substring(0, text.length() - 1);
        }
        if (text.length() > 253 || !NAME.matcher(text).matches() || IpAddress.looksNumeric(text)) {
            return Optional.empty();
        }
        return Optional.of(new Host(text, false));
    }

    private static final Set<String> LOCAL = Set.of("0:0:0:0:0:0:0:1", "0:0:0:0:0:0:0:0", "0.0.0.0");

    /** True for localhost, names below it, the loopback addresses, and the unspecified ones, which reach the same. */
    public boolean isLoopback() {
        return isAddress
                ? LOCAL.contains(text) || text.startsWith("127.")
                : text.equals("localhost") || text.endsWith(".localhost");
    }
}
