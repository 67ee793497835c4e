package io.cordon.agent.broker;

import io.cordon.agent.adapters.RedirectingVariables;
import io.cordon.agent.os.Principal;
import io.cordon.policy.model.Mode;
import io.cordon.policy.resolve.ResolvedPolicy;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The environment of a confined process: what the policy lets through, and what says which run it is. */
final class ChildEnvironment {
    private static final List<String> TEMPORARY = List.of("TMPDIR", "TMP", "TEMP");
    private static final String RUN = "cordon.exec_id";
    /** W3C Baggage, section 3.3.2: no more than this is passed on. */
    private static final int MAX_BAGGAGE = 8192;

    private ChildEnvironment() {}

    /**
     * @param tmp the private temporary directory
     * @param traceparent of the span the process runs in
     */
    static Map<String, String> of(
            EnvironmentStyle style,
            ResolvedPolicy policy,
            Map<String, String> given,
            Principal principal,
            String tmp,
            String runId,
            String traceparent) {
        boolean enforced = policy.mode() == Mode.ENFORCE;
        Map<String, String> caller = style.named(given);
        Map<String, String> env =
                style.sorted(enforced ? policy.process().environment().apply(caller) : caller);
        env.keySet().removeIf(name -> name.isEmpty() || name.indexOf('=') >= 0);
        style.complete(env, caller, principal);
        if (enforced) {
            // The caller's own would be read-only or not there.
            // Without them a process of Windows would share the folder of the sandbox account with everybody's runs.
            style.temporary().forEach(name -> env.put(name, tmp));
            TEMPORARY.forEach(name -> env.computeIfPresent(name, (key, value) -> tmp));
        }
        RedirectingVariables.fix(env, policy.agents(), style.os());
        env.put("CORDON_RUN_ID", runId);
        env.put("TRACEPARENT", traceparent);
        env.put("BAGGAGE", baggage(env.get("BAGGAGE"), runId));
        return env;
    }

    private static String baggage(@Nullable String given, String runId) {
        String own = RUN + "=" + runId;
        if (given == null || given.isBlank() || given.length() + own.length() + 1 > MAX_BAGGAGE) {
            return own;
        }
        return Stream.concat(
                        Stream.of(given.split(","))
                                .map(String::strip)
                                .filter(member -> !member.isEmpty() && !member.startsWith(RUN + "=")),
                        Stream.of(own))
                .collect(Collectors.joining(","));
    }
}
