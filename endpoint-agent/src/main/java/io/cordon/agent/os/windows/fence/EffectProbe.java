package io.cordon.agent.os.windows.fence;

import io.cordon.agent.os.windows.SandboxAccount;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;

/** Measures what the fence does to a process of the account in use. */
final class EffectProbe {
    /** The probe gives up each attempt after three seconds, and tries them one after the other. */
    private static final Duration LIMIT = Duration.ofSeconds(120);

    private final ProbeRunner runner;
    private final Canary.Source canaries;
    private final SecureRandom random = new SecureRandom();

    EffectProbe(ProbeRunner runner, Canary.Source canaries) {
        this.runner = runner;
        this.canaries = canaries;
    }

    Effectiveness measure(FenceGoal goal) {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        String mark = HexFormat.of().formatHex(bytes);
        Set<Integer> avoid = goal.permitted().stream().map(Endpoint::port).collect(Collectors.toSet());
        try (Canary canary = canaries.open(mark, avoid)) {
            if (canary.perches().isEmpty()) {
                return new Effectiveness.Unverified("the agent does not reach its own canary");
            }
            ProbePlan plan = ProbePlan.of(goal, canary.perches());
            String output = runner.run(SandboxAccount.of(goal.reach()), plan.arguments(mark), LIMIT);
            return ProbeJudge.judge(plan, ProbeReport.parse(output), canary.heard());
        } catch (IOException e) {
            return new Effectiveness.Unverified("the probe could not run: " + e.getMessage());
        }
    }
}
