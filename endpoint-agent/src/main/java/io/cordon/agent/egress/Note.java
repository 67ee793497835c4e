package io.cordon.agent.egress;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is put down about an attempt while it goes on. */
final class Note {
    private static final int MAX_PATH = 1024;

    final EgressRun run;
    private final Instant at;
    private final String protocol;
    private final String host;
    private final int port;
    private final @Nullable String method;
    private final @Nullable String path;
    private @Nullable String address;
    private @Nullable String serverName;
    private boolean allowed;
    private String rule = "";
    private String reason = "";
    private long up;
    private long down;

    private Note(
            EgressRun run,
            Instant at,
            String protocol,
            String host,
            int port,
            @Nullable String method,
            @Nullable String path) {
        this.run = run;
        this.at = at;
        this.protocol = protocol;
        this.host = host;
        this.port = port;
        this.method = method;
        this.path = path;
    }

    static Note of(Asked asked, Instant at) {
        return new Note(
                asked.run(),
                at,
                asked.protocol(),
                asked.target().host().text(),
                asked.target().port(),
                asked.method(),
                asked.plain() == null
                        ? null
                        : path(asked.run(), asked.plain().to().path()));
    }

    /** @param asked as it was given, since it has no form of its own */
    static Note ofOdd(EgressRun run, Instant at, String protocol, String asked, @Nullable String method) {
        return new Note(run, at, protocol, printable(asked), 0, method, null);
    }

    /** A query may carry anything; it is never kept. */
    private static String path(EgressRun run, String path) {
        int query = path.indexOf('?');
        String kept = run.redactor().text(query < 0 ? path : path.substring(0, query));
        return kept.length() > MAX_PATH ? kept.substring(0, MAX_PATH) : kept;
    }

    private static String printable(String text) {
        StringBuilder out = new StringBuilder();
        for (char c : text.toCharArray()) {
            out.append(c > ' ' && c < 0x7f ? String.valueOf(c) : String.format("\\x%02x", (int) c));
        }
        return out.length() > 256 ? out.substring(0, 256) : out.toString();
    }

    void decided(boolean yes, String byRule, String because) {
        allowed = yes;
        rule = byRule;
        reason = because;
    }

    void refused(Refusal refusal) {
        decided(false, refusal.rule(), refusal.reason());
    }

    void address(InetAddress found) {
        address = Addresses.text(found);
    }

    void serverName(@Nullable String name) {
        serverName = name == null ? null : printable(name);
    }

    void bytes(long sent, long received) {
        up = sent;
        down = received;
    }

    EgressAttempt end(Instant now, EgressAttempt.Outcome outcome, @Nullable String problem) {
        Duration took = Duration.between(at, now);
        return new EgressAttempt(
                run.runId(),
                at,
                protocol,
                host,
                port,
                method,
                path,
                address,
                serverName,
                allowed,
                rule,
                reason,
                up,
                down,
                took.isNegative() ? Duration.ZERO : took,
                outcome,
                problem);
    }
}
