package io.cordon.agent.egress;

/**
 * A "no" of the proxy.
 *
 * @param rule of the policy, or of the proxy itself
 * @param reason one sentence
 */
record Refusal(Kind kind, String rule, String reason) {

    /** What kind of no, with the status of HTTP (RFC 9110) and the reply code of SOCKS5 (RFC 1928, section 6) that say so. */
    enum Kind {
        MALFORMED(400, "Bad Request", 0x01),
        DENIED(403, "Forbidden", 0x02),
        CREDENTIALS(407, "Proxy Authentication Required", 0x02),
        SLOW(408, "Request Timeout", 0x01),
        TOO_LARGE(431, "Request Header Fields Too Large", 0x01),
        UNREACHABLE(502, "Bad Gateway", 0x04),
        BUSY(503, "Service Unavailable", 0x01),
        TIMEOUT(504, "Gateway Timeout", 0x06);

        final int status;
        final String phrase;
        final int socks;

        Kind(int status, String phrase, int socks) {
            this.status = status;
            this.phrase = phrase;
            this.socks = socks;
        }
    }

    static Refusal malformed(String reason) {
        return new Refusal(Kind.MALFORMED, "malformed-request", reason);
    }

    static Refusal denied(String rule, String reason) {
        return new Refusal(Kind.DENIED, rule, reason);
    }
}
