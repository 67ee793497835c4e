package io.cordon.agent.egress;

import io.cordon.policy.model.Host;
import java.util.Optional;

/**
 * Where a request wants to go, in its one form; everything later works with this and never with what was sent.
 *
 * @param host a name in lower case without a trailing dot, or an address in canonical text
 * @param port 1 to 65535
 */
record Target(Host host, int port) {

    Target {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port: " + port + " (expected: 1 to 65535)");
        }
    }

    /** The target; empty for anything odd: user info, escapes, Unicode, zone ids, numbers that only some resolver takes. */
    static Optional<Target> of(String host, int port) {
        // A host never has two forms here: brackets are for addresses of IPv6 and nothing else.
        boolean bracketed = host.startsWith("[") || host.endsWith("]");
        if (bracketed && host.indexOf(':') < 0) {
            return Optional.empty();
        }
        return port < 1 || port > 65535 ? Optional.empty() : Host.parse(host).map(parsed -> new Target(parsed, port));
    }

    /**
     * Reads {@code host:port} (RFC 3986, section 3.2, without user info).
     *
     * @param defaultPort where none is given; 0 when one must be
     */
    static Optional<Target> ofAuthority(String text, int defaultPort) {
        int end = text.startsWith("[") ? text.indexOf(']') + 1 : text.indexOf(':');
        if (text.startsWith("[") && end == 0) {
            return Optional.empty();
        }
        if (end < 0 || end == text.length()) {
            return of(text, defaultPort);
        }
        return text.charAt(end) == ':' ? of(text.substring(0, end), port(text.substring(end + 1))) : Optional.empty();
    }

    /** The number, or 0 for anything but its shortest decimal form. */
    private static int port(String digits) {
        if (digits.isEmpty() || digits.length() > 5 || digits.charAt(0) == '0') {
            return 0;
        }
        int port = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            port = port * 10 + digit;
        }
        return port;
    }

    /** As an authority: {@code host:port}, brackets around IPv6. */
    String authority() {
        return hostText() + ":" + port;
    }

    /** As a {@code Host} header of plain HTTP. */
    String hostHeader() {
        return port == 80 ? hostText() : authority();
    }

    private String hostText() {
        return host.text().indexOf(':') >= 0 ? "[" + host.text() + "]" : host.text();
    }

    @Override
    public String toString() {
        return authority();
    }
}
