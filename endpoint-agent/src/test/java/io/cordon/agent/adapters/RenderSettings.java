package io.cordon.agent.adapters;

import io.cordon.agent.adapters.copilot.CopilotSettings;
import io.cordon.agent.adapters.gemini.GeminiSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Writes what the renderers say for the policy in a file (its {@code spec}) below a folder, as {@code FOLDER/etc/…}, for runs of the real agents and
 * for looking at golden files: {@code RenderSettings SPEC OS CORDON OTLP FOLDER}; OTLP may be empty.
 */
final class RenderSettings {
    private static final Pattern DRIVE = Pattern.compile("^[A-Z]:");
    private static final List<SettingsRenderer> RENDERERS = List.of(new GeminiSettings(), new CopilotSettings());

    private RenderSettings() {}

    public static void main(String[] args) throws IOException {
        Surroundings surroundings = new Surroundings(args[1], args[2], args[3].isEmpty() ? null : args[3], null);
        for (SettingsRenderer renderer : RENDERERS) {
            var policy = AgentPolicies.of(Files.readString(Path.of(args[0])));
            if (policy.agents().rules(renderer.agent().policyKey()).isEmpty()) {
                continue;
            }
            SettingsRenderer.Rendered rendered = renderer.render(policy, surroundings);
            for (SettingsRenderer.File file : rendered.files()) {
                String relative = DRIVE.matcher(file.path()).replaceFirst("").replace('\\', '/');
                Path target = Path.of(args[4] + relative);
                Files.createDirectories(target.getParent());
                Files.writeString(target, file.content());
            }
            rendered.limits().forEach(System.out::println);
        }
    }
}
