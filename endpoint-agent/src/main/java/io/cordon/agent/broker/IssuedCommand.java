package io.cordon.agent.broker;

import io.cordon.agent.adapters.CodingAgent;
import java.time.Instant;
import java.util.List;

/**
 * A command that an agent was told to run confined.
 *
 * @param text the line or list that was put in place of the command, by which it is known when it comes back
 * @param command what the agent wanted to run, as it gave it
 * @param place where the agent wanted that, as it says
 * @param argv what the run is to be given
 * @param asked whether the developer has to be asked before it runs
 * @param granted whether a run of it needs no further approval
 * @param rule that decided
 */
record IssuedCommand(
        String account,
        CodingAgent agent,
        String session,
        String toolCall,
        String text,
        String command,
        String place,
        List<String> argv,
        boolean asked,
        boolean granted,
        String rule,
        Instant at) {
    IssuedCommand {
        argv = List.copyOf(argv);
    }

    IssuedCommand grantedNow() {
        return with(asked, true);
    }

    /** It was run: nobody is waited for, and it grants nothing any more. */
    IssuedCommand spent() {
        return with(false, false);
    }

    private IssuedCommand with(boolean nowAsked, boolean nowGranted) {
        return new IssuedCommand(
                account, agent, session, toolCall, text, command, place, argv, nowAsked, nowGranted, rule, at);
    }
}
