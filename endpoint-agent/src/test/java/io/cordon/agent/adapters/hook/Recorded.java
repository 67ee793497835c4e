package io.cordon.agent.adapters.hook;

import io.cordon.agent.adapters.CodingAgent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What real agents gave their hooks: codex 0.169.0, claude 2.1.197, gemini 0.61.0, copilot 1.0.102; names and paths changed. */
final class Recorded {
    private Recorded() {}

    /** @param name of the event, with the tool behind a dash where it is not the shell */
    static String text(CodingAgent agent, String name) {
        String path = "/hooks/" + agent.word() + "/" + name + ".json";
        try (InputStream in = Recorded.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new AssertionError("no " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static HookCall call(CodingAgent agent, String name) throws HookFormException {
        return HookForm.of(agent, "linux").read(name.replaceAll("-.*", ""), text(agent, name));
    }
}
