package io.cordon.agent.os.windows.fence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.os.NetworkBoundary.Mode;
import io.cordon.agent.os.windows.fence.ProbeReport.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProbeJudgeTest {
    private static final String FAR = "tcp/10.0.0.5/40005";
    private static final ProbePlan PLAN = ProbePlan.of(
            FenceGoal.of(FenceFixtures.boundary(Mode.OFFLINE, 80), Optional.empty()),
            List.of(
                    new Canary.Perch(IpAddress.LOOPBACK_V4, 40001, 40002),
                    new Canary.Perch(IpAddress.v4(10, 0, 0, 5), 40005, 40006)));

    private final Map<String, Outcome> outcomes = new HashMap<>();

    ProbeJudgeTest() {
        for (Attempt attempt : PLAN.attempts()) {
            outcomes.put(
                    attempt.argument(),
                    attempt.expectation() == Attempt.Expectation.BLOCKED ? Outcome.DENIED : Outcome.REACHED);
        }
    }

    private Effectiveness judge(String... heard) {
        return ProbeJudge.judge(PLAN, new ProbeReport.Said(outcomes), Set.of(heard));
    }

    @Test
    void allAsExpectedIsEffective() {
        assertEquals(new Effectiveness.Effective(List.of()), judge());
    }

    @Test
    void theEffectIsTriedWhereTheFieldGuideAsks() {
        Set<String> arguments =
                PLAN.attempts().stream().map(Attempt::argument).collect(java.util.stream.Collectors.toSet());
        assertTrue(arguments.containsAll(Set.of(
                FAR,
                "tcp/::ffff:a00:5/40005",
                "udp/10.0.0.5/40006",
                "udp/10.0.0.5/53",
                "tcp/10.0.0.5/445",
                "tcp/127.0.0.1/40001",
                "tcp/127.0.0.1/80",
                "tcp/::1/80",
                "listen/127.0.0.1/0",
                "listen/::1/0",
                "echo/10.0.0.5/0",
                "stripped/10.0.0.5/40005",
                "stripped-child/10.0.0.5/40005",
                "anonymous/10.0.0.5/40005",
                "identified/10.0.0.5/40005",
                "lowered/10.0.0.5/40005")));
    }

    @Property
    void anyBlockedAttemptThatGetsThroughIsALeak(@ForAll int which) {
        List<Attempt> blocked = PLAN.attempts().stream()
                .filter(attempt -> attempt.expectation() == Attempt.Expectation.BLOCKED)
                .toList();
        Attempt attempt = blocked.get(Math.floorMod(which, blocked.size()));
        for (Outcome through : List.of(Outcome.REACHED, Outcome.SENT, Outcome.LISTENING, Outcome.REFUSED)) {
            Map<String, Outcome> said = new HashMap<>(outcomes);
            said.put(attempt.argument(), through);
            Effectiveness.Leaking leaking = assertInstanceOf(
                    Effectiveness.Leaking.class, ProbeJudge.judge(PLAN, new ProbeReport.Said(said), Set.of()));
            assertEquals(attempt.kind().shedsAccount(), leaking.afterShedding());
        }
    }

    @Test
    void theCanaryIsBelievedOverTheProbe() {
        assertInstanceOf(Effectiveness.Leaking.class, judge(FAR));
        assertInstanceOf(
                Effectiveness.Leaking.class,
                ProbeJudge.judge(PLAN, new ProbeReport.Unreadable("nothing"), Set.of(FAR)));
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            names = {"ERROR", "IMPOSSIBLE"})
    void whatTheProbeCannotTellIsUnverified(Outcome outcome) {
        outcomes.put(FAR, outcome);
        assertTrue(assertInstanceOf(Effectiveness.Unverified.class, judge())
                .reason()
                .contains(FAR));
    }

    @Test
    void anAttemptWithoutAnswerIsUnverified() {
        outcomes.remove(FAR);
        assertInstanceOf(Effectiveness.Unverified.class, judge());
        assertInstanceOf(
                Effectiveness.Unverified.class,
                ProbeJudge.judge(PLAN, new ProbeReport.Unreadable("nothing"), Set.of()));
    }

    @Test
    void aFamilyThatIsNotThereIsNoLeakButSomethingMustHaveBeenTried() {
        outcomes.replaceAll((argument, outcome) -> argument.contains("::") ? Outcome.UNAVAILABLE : outcome);
        assertInstanceOf(Effectiveness.Effective.class, judge());
        outcomes.replaceAll((argument, outcome) -> Outcome.UNAVAILABLE);
        assertInstanceOf(Effectiveness.Unverified.class, judge());
    }

    /** An address that goes away meanwhile proves nothing of the way to the rest of the world. */
    @Test
    void whereTheAgentGotTheProbeMustHaveTried() {
        outcomes.put(FAR, Outcome.UNAVAILABLE);
        assertTrue(assertInstanceOf(Effectiveness.Unverified.class, judge())
                .reason()
                .contains(FAR));
    }

    @Test
    void pingIsKnownAndNoLeakOfItsOwn() {
        outcomes.put("echo/10.0.0.5/0", Outcome.REPLIED);
        assertInstanceOf(Effectiveness.Effective.class, judge());
    }

    /** Pitfall 28: what policy opens and cannot be reached is said, and refuses nothing. */
    @Test
    void anOpenPortThatCannotBeReachedIsAShortfall() {
        outcomes.put("tcp/127.0.0.1/80", Outcome.DENIED);
        Effectiveness.Effective effective = assertInstanceOf(Effectiveness.Effective.class, judge());
        assertEquals(1, effective.shortfalls().size());
        outcomes.put("tcp/127.0.0.1/80", Outcome.REFUSED);
        assertEquals(new Effectiveness.Effective(List.of()), judge());
    }

    @Test
    void aPortThatPolicyOpensIsNotExpectedToBeClosed() {
        ProbePlan plan = ProbePlan.of(
                FenceGoal.of(FenceFixtures.boundary(Mode.OFFLINE, 445), Optional.empty()),
                List.of(new Canary.Perch(IpAddress.LOOPBACK_V4, 40001, 40002)));
        assertEquals(
                List.of(Attempt.Expectation.PASSES),
                plan.attempts().stream()
                        .filter(attempt -> attempt.argument().equals("tcp/127.0.0.1/445"))
                        .map(Attempt::expectation)
                        .toList());
        assertFalse(
                plan.attempts().stream().anyMatch(attempt -> attempt.argument().equals("tcp/::ffff:7f00:1/445")));
    }

    @Property
    void readingAReportNeverThrows(@ForAll String text) {
        ProbeReport report = ProbeReport.parse(text);
        assertTrue(report instanceof ProbeReport.Said || report instanceof ProbeReport.Unreadable);
    }

    @Test
    void readsTheProbesLine() {
        assertEquals(
                new ProbeReport.Said(Map.of("tcp/::1/80", Outcome.DENIED, "udp/::1/53", Outcome.ERROR)),
                ProbeReport.parse(
                        "{\"probe\":1,\"outcomes\":{\"tcp/::1/80\":\"denied\",\"udp/::1/53\":\"error 10047\"}}\n"));
        for (String other :
                List.of("", "null", "[]", "{}", "{\"probe\":2,\"outcomes\":{}}", "{\"probe\":1,\"outcomes\":[]}")) {
            assertInstanceOf(ProbeReport.Unreadable.class, ProbeReport.parse(other), other);
        }
    }
}
