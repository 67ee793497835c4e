package io.cordon.agent.egress;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the request of a head goes. */
sealed interface HttpTarget {

    /** A tunnel (RFC 9110, section 9.3.6). */
    record Tunnel(Target target) implements HttpTarget {}

    /**
     * A request of plain HTTP.
     *
     * @param path with its query, beginning with a slash
     */
    record Plain(Target target, String path) implements HttpTarget {}

    /** @param asked what was asked for, as far as it may be shown */
    record Refused(Refusal refusal, String asked) implements HttpTarget {}

    int HTTP = 80;

    static HttpTarget of(HttpHead head) {
        return head.method().equals("CONNECT") ? tunnel(head.target()) : plain(head);
    }

    private static HttpTarget tunnel(String authority) {
        Optional<Target> target = Target.ofAuthority(authority, 0);
        return target.isPresent()
                ? new Tunnel(target.get())
                : invalid(authority, "CONNECT asks for HOST:PORT, with names beyond ASCII as xn-- and no odd forms.");
    }

    private static HttpTarget plain(HttpHead head) {
        String target = head.target();
        int scheme = target.indexOf("://");
        if (scheme < 0 || !target.substring(0, scheme).equalsIgnoreCase("http")) {
            return new Refused(
                    Refusal.malformed("This is a proxy: it takes http://HOST/PATH, and CONNECT for everything else."),
                    "-");
        }
        String rest = target.substring(scheme + 3);
        int slash = firstOf(rest, "/?#\\");
        String authority = rest.substring(0, slash);
        String path = rest.substring(slash);
        if (path.indexOf('#') >= 0 || path.indexOf('\\') >= 0) {
            return new Refused(Refusal.malformed("There is a fragment or a backslash in the target."), authority);
        }
        Optional<Target> read = Target.ofAuthority(authority, HTTP);
        if (read.isEmpty()) {
            return invalid(authority, "It is no host name or address in its one form, or it carries user info.");
        }
        Refusal host = checkHost(head, read.get());
        return host == null
                ? new Plain(read.get(), path.startsWith("/") ? path : "/" + path)
                : new Refused(host, authority);
    }

    private static int firstOf(String text, String any) {
        for (int i = 0; i < text.length(); i++) {
            if (any.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return text.length();
    }

    /** The target decides (RFC 9112, section 3.2.2); a server that looks at the other one must not be misled either. */
    private static @Nullable Refusal checkHost(HttpHead head, Target target) {
        var hosts = head.values("Host");
        if (hosts.size() > 1 || (hosts.isEmpty() && head.minorVersion() > 0)) {
            return Refusal.malformed("There is not exactly one Host header.");
        }
        boolean agrees = hosts.isEmpty()
                || Target.ofAuthority(hosts.get(0), HTTP).map(target::equals).orElse(false);
        return agrees ? null : Refusal.denied("host-mismatch", "The Host header is not the host of the target.");
    }

    private static Refused invalid(String asked, String reason) {
        int at = asked.lastIndexOf('@');
        return new Refused(Refusal.denied("invalid-host", reason), asked.substring(at + 1));
    }
}
