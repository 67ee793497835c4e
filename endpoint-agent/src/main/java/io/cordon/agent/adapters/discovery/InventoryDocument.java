package io.cordon.agent.adapters.discovery;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordon.agent.adapters.SettingsReport;
import io.cordon.policy.model.Agents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The inventory as the server gets it, judged by the policy in force. Never longer than {@link #LONGEST} bytes of UTF-8: what is
 * over is left out, newest drifts and what is most last, and counted in {@code problems}.
 */
final class InventoryDocument {
    static final int LONGEST = 256 << 10;
    private static final List<String> SHORTENED = List.of("drifts", "mcpServers", "installations", "uses", "settings");
    private static final ObjectMapper JSON = new ObjectMapper();

    private InventoryDocument() {}

    static String write(Inventory inventory, List<SettingsReport> settings, Agents rules) {
        ObjectNode json = JSON.createObjectNode();
        ArrayNode installations = json.putArray("installations");
        inventory.installations().forEach(each -> installation(installations.addObject(), each, rules));
        ArrayNode uses = json.putArray("uses");
        inventory.uses().forEach(each -> use(uses.addObject(), each, rules));
        ArrayNode servers = json.putArray("mcpServers");
        inventory.servers().forEach(each -> server(servers.addObject(), each));
        ArrayNode reports = json.putArray("settings");
        settings.forEach(each -> settings(reports.addObject(), each));
        ArrayNode drifts = json.putArray("drifts");
        settings.forEach(each -> each.drifts()
                .forEach(drift -> drifts.addObject()
                        .put("agent", each.agent().word())
                        .put("at", drift.at().toString())
                        .put("path", drift.path())
                        .put("diff", drift.diff())));
        ArrayNode problems = json.putArray("problems");
        inventory.problems().forEach(problems::add);
        return bounded(json, problems);
    }

    private static void installation(ObjectNode json, Inventory.Installation each, Agents rules) {
        // an extension counts its own versions, not those of the agent
        Optional<AgentRules.Refusal> refusal = AgentRules.refusal(rules, each.agent(), each.version())
                .filter(why -> each.source() != Inventory.Source.EXTENSION
                        || why == AgentRules.Refusal.DENIED
                        || why == AgentRules.Refusal.UNLISTED);
        agent(json, each.agent(), rules)
                .put("version", each.version())
                .put("source", each.source().word())
                .put("path", each.path())
                .put("owner", each.owner())
                .put("sha256", each.sha256())
                .put("size", each.size())
                .put(
                        "modified",
                        each.modified() == null ? null : each.modified().toString())
                .put("refusal", refusal.map(AgentRules.Refusal::word).orElse(""));
    }

    private static ObjectNode agent(ObjectNode json, KnownAgent agent, Agents rules) {
        return json.put("agent", agent.word())
                .put("title", agent.title())
                .put("standing", AgentRules.standing(rules, agent).word());
    }

    private static void use(ObjectNode json, Inventory.Use each, Agents rules) {
        agent(json, each.agent(), rules)
                .put("user", each.user())
                .put(
                        "lastUsed",
                        each.lastUsed() == null ? null : each.lastUsed().toString())
                .put("running", each.running());
    }

    private static void server(ObjectNode json, Inventory.ConfiguredServer each) {
        json.put("agent", each.agent().word())
                .put("user", each.user())
                .put("name", each.name())
                .put("url", each.url())
                .put("scope", each.scope())
                .put("file", each.file())
                .put("allowed", each.allowed());
        ArrayNode command = json.putArray("command");
        each.command().forEach(command::add);
        ArrayNode environment = json.putArray("environment");
        each.environment().forEach(environment::add);
    }

    private static void settings(ObjectNode json, SettingsReport report) {
        json.put("agent", report.agent().word());
        ArrayNode files = json.putArray("files");
        report.files()
                .forEach(file -> files.addObject()
                        .put("path", file.path())
                        .put("sha256", file.sha256())
                        .put("problem", file.problem()));
        ArrayNode limits = json.putArray("limits");
        report.limits().forEach(limits::add);
    }

    private static String bounded(ObjectNode json, ArrayNode problems) {
        int left = 0;
        String text = text(json);
        while (text.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            ArrayNode longest = SHORTENED.stream()
                    .map(name -> json.withArray(name))
                    .filter(list -> !list.isEmpty())
                    .findFirst()
                    .orElse(problems);
            int keep = longest.size() / 2;
            while (longest.size() > keep) {
                // of drifts the oldest goes first, of everything else the last
                longest.remove(longest == json.get("drifts") ? 0 : longest.size() - 1);
                left++;
            }
            text = text(json);
        }
        if (left == 0) {
            return text;
        }
        problems.insert(0, left + " more entries did not fit into the report");
        return text(json);
    }

    private static String text(ObjectNode json) {
        try {
            return JSON.writeValueAsString(json);
        } catch (IOException e) {
            throw new UncheckedIOException("a tree of text and numbers has no JSON form", e);
        }
    }
}
