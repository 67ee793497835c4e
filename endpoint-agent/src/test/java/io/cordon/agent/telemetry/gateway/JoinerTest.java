package io.cordon.agent.telemetry.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cordon.agent.os.MemorySenders;
import io.cordon.agent.os.Sender;
import io.cordon.agent.telemetry.RunFacts;
import io.cordon.agent.telemetry.RunIds;
import io.cordon.agent.telemetry.RunOutcome;
import io.cordon.agent.telemetry.gateway.event.AgentEvent;
import io.cordon.agent.telemetry.gateway.event.EventKind;
import io.cordon.agent.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JoinerTest {
    private static final Instant T0 = Instant.parse("2026-11-23T13:14:38Z");
    private static final String TRACE = "bb7c96000189e52ce22b92c7bdf50969";
    private static final String SPAN = "77960737318fa060";
    /** This service is 10, its launcher 11; a run has a keeper below the launcher and its command below that. */
    private static final long AGENT = 10;

    private static final long LAUNCHER = 11;
    private static final long CLI = 4242;

    private final MutableClock clock = new MutableClock(T0);
    private final MemorySenders processes = new MemorySenders();
    private final RecentRuns runs = new RecentRuns(processes, AGENT);
    private final Joiner joiner = new Joiner(runs, clock);

    JoinerTest() {
        processes.parent(AGENT, 1);
        processes.parent(LAUNCHER, AGENT);
        processes.parent(CLI, 4200);
        processes.parent(4200, 1);
        // the shell in which the CLI called cordon
        processes.parent(4300, CLI);
    }

    private static RunFacts run(String id, String session, @Nullable String call, String user, Instant at) {
        return new RunFacts(
                id,
                new RunIds(TRACE, SPAN, "1111111111111111", "2222222222222222", "3333333333333333", "4444444444444444"),
                at,
                at,
                session,
                call,
                null,
                "allow",
                true,
                "default",
                "",
                new RunFacts.PolicyFacts("base", 1, "00", "enforce"),
                "ada",
                user,
                "node",
                List.of("node", "--test"),
                false,
                "/home/ada/shop",
                4300,
                "/usr/bin/bash",
                List.of());
    }

    private static AgentEvent event(EventKind kind, @Nullable String call, @Nullable String trace, Instant at) {
        return new AgentEvent(kind, "codex", at, "conversation", null, call, trace, null, "x", Map.of(), Map.of());
    }

    private static Sender sender(String user, long pid, List<Long> lineage) {
        return new Sender(user, new Sender.Process(pid, 1, "/usr/bin/codex", lineage));
    }

    private static Sender cli(String user) {
        return sender(user, CLI, List.of(CLI, 4200L, 1L));
    }

    private Join join(AgentEvent event, Sender sender) {
        return joiner.join(event, sender);
    }

    @Test
    void sameToolCallIsTheStrongest() {
        runs.began(run("run-1", "conversation", "call_1", "1000", T0));
        Join join = join(event(EventKind.TOOL_RESULT, "call_1", TRACE, T0.plusSeconds(60)), cli("1000"));
        assertEquals(Join.Strength.TOOL_CALL, join.strength());
    }

    @Test
    void toolCallOfAnotherSessionIsAnother() {
        runs.began(run("run-1", "conversation of yesterday", "call_1", "1000", T0));
        Join join = join(event(EventKind.TOOL_RESULT, "call_1", null, T0.plusSeconds(3600)), cli("1000"));
        assertEquals(Join.Strength.PROCESS_TIME, join.strength(), "what is left is that it runs still");
    }

    @Test
    void sameTrace() {
        runs.began(run("run-1", "other", null, "1000", T0));
        Join join = join(event(EventKind.PROMPT, null, TRACE, T0), cli("1000"));
        assertEquals(Join.Strength.TRACE, join.strength());
    }

    @Test
    void sentFromWithinTheRunThroughItsRelay() {
        runs.began(run("run-1", "other", null, "1000", T0));
        runs.began(run("run-2", "other", null, "1000", T0));
        processes.parent(500, LAUNCHER);
        processes.parent(501, 500);
        processes.parent(600, LAUNCHER);
        processes.parent(601, 600);
        runs.started(run("run-1", "other", null, "1000", T0), 501);
        runs.started(run("run-2", "other", null, "1000", T0), 601);
        Sender relay = sender("1000", 502, List.of(502L, 500L, LAUNCHER, AGENT, 1L));
        Join join = join(event(EventKind.PROMPT, null, null, T0), relay);
        assertEquals(Join.Strength.RUN, join.strength());
        assertEquals("run-1", Objects.requireNonNull(join.run()).runId());

        runs.ended(
                run("run-1", "other", null, "1000", T0),
                new RunOutcome(RunOutcome.Kind.COMPLETED, T0, null, null, 0, null, null, List.of(), false));
        assertEquals(
                Join.Strength.RUN,
                join(event(EventKind.PROMPT, null, null, T0), relay).strength());
        clock.advance(Duration.ofSeconds(6));
        assertEquals(
                Join.NONE,
                join(event(EventKind.PROMPT, null, null, T0), relay),
                "the numbers of its processes are others' by now");
    }

    @Test
    void theProcessThatHadItRunAtThatTime() {
        runs.began(run("run-1", "other", null, "1000", T0));
        runs.began(run("run-2", "other", null, "1000", T0.plusSeconds(40)));
        Join join = join(event(EventKind.TOOL_RESULT, "call_9", null, T0.plusSeconds(41)), cli("1000"));
        assertEquals(Join.Strength.PROCESS_TIME, join.strength());
        assertEquals("run-2", Objects.requireNonNull(join.run()).runId());
    }

    @Test
    void neverTheRunOfAnotherAccount() {
        runs.began(run("run-1", "conversation", "call_1", "1001", T0));
        Join join = join(event(EventKind.TOOL_RESULT, "call_1", TRACE, T0), cli("1000"));
        assertEquals(Join.NONE, join);
    }

    @Test
    void aSessionIsThatOfItsRuns() {
        runs.began(run("run-1", "devbox/ada/77", null, "1000", T0));
        AgentEvent result = event(EventKind.TOOL_RESULT, "call_1", null, T0);
        AgentEvent prompt = event(EventKind.PROMPT, null, null, T0);
        assertEquals("conversation", joiner.session(prompt, cli("1000")));
        join(result, cli("1000"));
        assertEquals("devbox/ada/77", joiner.session(prompt, cli("1000")));
        assertEquals("conversation", joiner.session(prompt, cli("1001")));
    }
}
