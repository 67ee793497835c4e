package io.cordon.agent.broker;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordon.agent.adapters.CodingAgent;
import io.cordon.agent.adapters.SettingsReport;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Every coding agent that can be managed, and how its settings stand, as {@code cordon status} says it. */
final class ManagedAgents {
    private final List<SettingsReport> reports;

    ManagedAgents(List<SettingsReport> reports) {
        this.reports = reports;
    }

    /** One line each, such as {@code Gemini CLI: managed; 2 limits}. */
    List<String> lines() {
        return Arrays.stream(CodingAgent.values()).map(this::line).toList();
    }

    private String line(CodingAgent agent) {
        Optional<SettingsReport> report = of(agent);
        if (report.isEmpty()) {
            return agent.title() + ": not managed";
        }
        int limits = report.get().limits().size();
        return agent.title() + ": managed"
                + (limits == 0 ? "" : "; " + limits + (limits == 1 ? " limit" : " limits"))
                + problem(report.get()).map(problem -> "; problem: " + problem).orElse("");
    }

    /** Appends {@code {agent, managed, limits, problem}} for each; limits are those of the agent, in words. */
    void json(ArrayNode array) {
        for (CodingAgent agent : CodingAgent.values()) {
            Optional<SettingsReport> report = of(agent);
            ObjectNode node = array.addObject().put("agent", agent.word()).put("managed", report.isPresent());
            ArrayNode limits = node.putArray("limits");
            report.ifPresent(each -> each.limits().forEach(limits::add));
            node.put("problem", report.flatMap(ManagedAgents::problem).orElse(null));
        }
    }

    private Optional<SettingsReport> of(CodingAgent agent) {
        return reports.stream().filter(report -> report.agent() == agent).findFirst();
    }

    private static Optional<String> problem(SettingsReport report) {
        return report.files().stream()
                .map(SettingsReport.FileState::problem)
                .filter(problem -> !problem.isEmpty())
                .findFirst();
    }
}
