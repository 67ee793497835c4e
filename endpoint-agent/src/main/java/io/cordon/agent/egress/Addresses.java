package io.cordon.agent.egress;

import io.cordon.policy.model.IpAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Addresses between their text and their bytes; nothing here ever asks a resolver. */
final class Addresses {
    private Addresses() {}

    /**
     * The address that a literal means; IPv4-mapped IPv6 becomes IPv4.
     *
     * @throws IllegalArgumentException for anything that is no literal
     */
    static InetAddress ofLiteral(String text) {
        IpAddress literal = IpAddress.parse(text)
                .orElseThrow(() -> new IllegalArgumentException("address: " + text + " (expected: a literal)"));
        try {
            // A literal in canonical form is taken apart and not looked up.
            return InetAddress.getByName(literal.text());
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("address: " + text + " (expected: a literal)", e);
        }
    }

    /** The canonical text of the policies (SPEC 4.8). */
    static String text(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        String plain = zone < 0 ? text : text.substring(0, zone);
        return IpAddress.parse(plain).map(IpAddress::text).orElse(plain);
    }
}
