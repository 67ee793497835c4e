package io.cordon.agent.broker;

import io.cordon.agent.os.LocalRequest;
import io.cordon.agent.os.Principal;
import io.cordon.agent.telemetry.HostFacts;
import io.cordon.agent.telemetry.Redactor;
import io.cordon.agent.telemetry.RunFacts;
import io.cordon.agent.telemetry.RunIds;
import io.cordon.agent.telemetry.TraceParent;
import io.cordon.policy.model.Mode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Puts down what is known of a run, redacted by the policy that decided it. */
final class RunFactsWriter {
    private static final int MAX_NAME = 256;
    private static final int MAX_REASON = 4096;

    private final byte[] hashKey;
    private final RandomGenerator random;

    RunFactsWriter(byte[] hashKey, RandomGenerator random) {
        this.hashKey = hashKey.clone();
        this.random = random;
    }

    RunFacts write(
            LocalRequest request,
            Principal principal,
            PolicyInForce.Held held,
            Verdict verdict,
            HostFacts host,
            Instant receivedAt,
            Instant decidedAt) {
        Redactor redactor = held.compiled().redactor(hashKey);
        Redactor.Arguments arguments = redactor.arguments(request.argv());
        String command = request.argv().get(0);
        String session = shortened(request.session(), MAX_NAME);
        String stated = shortened(request.reason(), MAX_REASON);
        return new RunFacts(
                runId(),
                RunIds.create(TraceParent.parse(request.traceparent()).orElse(null), random),
                receivedAt,
                decidedAt,
                session == null ? derivedSession(request, principal, host) : session,
                shortened(request.toolCall(), MAX_NAME),
                stated == null ? null : redactor.text(stated),
                verdict.decision().name().toLowerCase(Locale.ROOT),
                held.policy().mode() == Mode.ENFORCE,
                verdict.rule(),
                redactor.text(verdict.reason()),
                new RunFacts.PolicyFacts(
                        held.policy().name(),
                        held.policy().revision(),
                        held.digest().hex(),
                        held.policy().mode().name().toLowerCase(Locale.ROOT)),
                principal.name(),
                principal.account().id(),
                redactor.text(command.substring(command.lastIndexOf('/') + 1)),
                arguments.values(),
                arguments.truncated(),
                redactor.text(request.cwd()),
                request.caller().pid(),
                request.caller().executable(),
                List.of());
    }

    private String runId() {
        // As UUID.randomUUID (RFC 9562, version 4), from the injected source.
        long high = random.nextLong() & ~0xF000L | 0x4000L;
        long low = random.nextLong() & ~(3L << 62) | 1L << 63;
        return new UUID(high, low).toString();
    }

    private static String derivedSession(LocalRequest request, Principal principal, HostFacts host) {
        return host.endpointId() + "/" + principal.name() + "/"
                + request.caller().sessionId();
    }

    private static @Nullable String shortened(@Nullable String text, int most) {
        if (text == null || text.isBlank()) {
            return null;
        }
        return text.length() <= most ? text : text.substring(0, most);
    }
}
