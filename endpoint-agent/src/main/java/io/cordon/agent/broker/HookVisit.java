package io.cordon.agent.broker;

import io.cordon.agent.adapters.CodingAgent;
import io.cordon.agent.adapters.hook.HookCall;
import io.cordon.agent.os.LocalRequest;
import io.cordon.agent.os.Principal;
import io.cordon.agent.telemetry.gateway.event.AgentEvent;
import io.cordon.policy.model.Mode;
import io.cordon.policy.resolve.ResolvedPolicy;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One visit to the desk: who comes, the policy and the time that hold for all of it, and what is to be recorded of it. That is kept as
 * a whole, before anybody gets an answer.
 */
final class HookVisit {
    private static final System.Logger LOG = System.getLogger(HookVisit.class.getName());

    private final LocalRequest request;
    private final Principal principal;
    private final PolicyInForce.Held held;
    private final Instant now;
    private final List<AgentEvent> told = new ArrayList<>();
    private final List<AgentEvent> decided = new ArrayList<>();

    HookVisit(LocalRequest request, Principal principal, PolicyInForce.Held held, Instant now) {
        this.request = request;
        this.principal = principal;
        this.held = held;
        this.now = now;
    }

    LocalRequest request() {
        return request;
    }

    Principal principal() {
        return principal;
    }

    String account() {
        return principal.account().id();
    }

    ResolvedPolicy policy() {
        return held.policy();
    }

    /** Whether decisions hold. */
    boolean enforced() {
        return policy().mode() == Mode.ENFORCE;
    }

    Instant now() {
        return now;
    }

    void told(HookCall call) {
        told.add(HookRecords.told(call, now));
    }

    /** Questions that wait no longer. */
    void settled(List<AskOutcome> outcomes) {
        outcomes.forEach(outcome -> told.add(HookRecords.outcome(outcome, principal.name(), now)));
    }

    void decided(HookCall call, HookRuling ruling, Verdict verdict) {
        decided.add(HookRecords.decided(call, ruling, verdict, held, principal.name(), now));
    }

    /** A decision on what could not even be read. */
    void unread(CodingAgent agent, String event, Verdict verdict) {
        decided.add(HookRecords.unread(agent.word(), event, verdict, held, principal.name(), now));
    }

    boolean leavesNothing() {
        return told.isEmpty() && decided.isEmpty();
    }

    /**
     * Keeps what is to be recorded.
     *
     * @param decides whether the visit is about a decision
     * @return false when a decision that holds could not be recorded
     */
    boolean kept(HookRecorder recorder, boolean decides) {
        try {
            recorder.keep(told, decided, HookRecords.sender(request));
            return true;
        } catch (IOException e) {
            LOG.log(System.Logger.Level.ERROR, "what a hook told cannot be kept: {0}", e.getMessage());
            return !decides || !enforced();
        }
    }
}
