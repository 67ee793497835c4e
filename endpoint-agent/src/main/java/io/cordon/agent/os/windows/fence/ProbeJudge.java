package io.cordon.agent.os.windows.fence;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads an {@link Effectiveness} out of what was tried, what the probe says came of it, and what the canary heard. */
final class ProbeJudge {
    /** Of an attempt that should pass; a family that is not there is not closed by us. */
    private static final Set<ProbeReport.Outcome> OPEN =
            Set.of(ProbeReport.Outcome.REACHED, ProbeReport.Outcome.REFUSED, ProbeReport.Outcome.UNAVAILABLE);

    private final List<String> leaks = new ArrayList<>();
    private final List<String> shortfalls = new ArrayList<>();
    private final List<String> unclear = new ArrayList<>();
    private boolean openly;
    private boolean proven;

    private ProbeJudge() {}

    /**
     * @param heard arguments of attempts whose mark arrived at the canary, whatever the probe says of them
     */
    static Effectiveness judge(ProbePlan plan, ProbeReport report, Set<String> heard) {
        Map<String, ProbeReport.Outcome> outcomes =
                report instanceof ProbeReport.Said said ? said.outcomes() : Map.of();
        ProbeJudge judge = new ProbeJudge();
        for (Attempt attempt : plan.attempts()) {
            judge.weigh(attempt, outcomes.get(attempt.argument()), heard.contains(attempt.argument()));
        }
        return judge.verdict(report);
    }

    private void weigh(Attempt attempt, ProbeReport.@Nullable Outcome outcome, boolean heard) {
        if (attempt.expectation() == Attempt.Expectation.KNOWN) {
            return;
        }
        if (attempt.expectation() == Attempt.Expectation.PASSES) {
            if (outcome == null || !OPEN.contains(outcome)) {
                shortfalls.add("loopback port " + attempt.port() + " is open by policy but cannot be reached at "
                        + attempt.address() + " (" + outcome + ")");
            }
        } else if (heard) {
            leak(attempt, "arrived");
        } else if (outcome == null) {
            unclear.add(attempt.argument() + ": no answer");
        } else {
            weighBlocked(attempt, outcome);
        }
    }

    private void weighBlocked(Attempt attempt, ProbeReport.Outcome outcome) {
        switch (outcome) {
            case REACHED, SENT, LISTENING, REPLIED, REFUSED -> leak(attempt, outcome.name());
            // Where the canary does not listen, silence proves nothing.
            case DENIED, TIMEOUT -> proven |= attempt.isWhereTheAgentGot();
            case UNAVAILABLE -> {
                // Where there is no way there is none to close; but where the agent got, there is one.
                if (attempt.isWhereTheAgentGot()) {
                    unclear.add(attempt.argument() + ": " + outcome);
                }
            }
            case IMPOSSIBLE -> {
                if (!attempt.kind().shedsAccount()) {
                    unclear.add(attempt.argument() + ": " + outcome);
                }
            }
            case ERROR -> unclear.add(attempt.argument() + ": " + outcome);
        }
    }

    private void leak(Attempt attempt, String how) {
        openly |= !attempt.kind().shedsAccount();
        leaks.add(attempt.argument() + ": " + how + " (expected: blocked)");
    }

    private Effectiveness verdict(ProbeReport report) {
        if (!leaks.isEmpty()) {
            return new Effectiveness.Leaking(leaks, !openly);
        }
        if (report instanceof ProbeReport.Unreadable unreadable) {
            return new Effectiveness.Unverified(unreadable.reason());
        }
        if (!unclear.isEmpty()) {
            return new Effectiveness.Unverified("the probe could not tell: " + String.join("; ", unclear));
        }
        if (!proven) {
            return new Effectiveness.Unverified("no TCP connection could be tried");
        }
        return new Effectiveness.Effective(shortfalls);
    }
}
