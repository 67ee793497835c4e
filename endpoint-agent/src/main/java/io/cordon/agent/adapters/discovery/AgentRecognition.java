package io.cordon.agent.adapters.discovery;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells a coding agent from the resolved path of what runs. Pure text: whoever copies the program elsewhere under another name is
 * not recognised.
 *
 * @param agent which one
 * @param version as the path tells it; empty when it does not
 * @param packageFolder the npm package that it lies in, whose {@code package.json} tells the version; empty for none
 * @param byNameOnly whether nothing but the file name says so
 */
record AgentRecognition(KnownAgent agent, String version, String packageFolder, boolean byNameOnly) {
    private static final Pattern ENDING = Pattern.compile("\\.(exe|cmd|ps1|bat|js|mjs|cjs)$");
    private static final Pattern EXTENSION =
            Pattern.compile("^([a-z0-9][a-z0-9-]{0,63}\\.[a-z0-9][a-z0-9-]{0,63}?)-(\\d[0-9a-z.]{0,31})(-.{0,32})?$");

    private static final Pattern VERSION =
            Pattern.compile("^(v?\\d[0-9A-Za-z.]{0,31}(?:-(?:alpha|beta|rc|nightly|preview)[0-9A-Za-z.]{0,31})?)");

    /** @param path absolute and without links, with either kind of slash */
    static Optional<AgentRecognition> ofPath(String path) {
        List<String> parts = List.of(path.replace('\\', '/').split("/", -1));
        return ofPackage(parts)
                .or(() -> ofVersionFolder(parts))
                .or(() -> ofFolder(parts))
                .or(() -> ofName(parts));
    }

    /** The innermost package only: what an agent brings along is not the agent. */
    private static Optional<AgentRecognition> ofPackage(List<String> parts) {
        int at = parts.lastIndexOf("node_modules");
        if (at < 0 || at + 2 >= parts.size()) {
            return Optional.empty();
        }
        int length = parts.get(at + 1).startsWith("@") ? 2 : 1;
        if (at + length + 1 >= parts.size()) {
            return Optional.empty();
        }
        String name = String.join("/", parts.subList(at + 1, at + 1 + length));
        String folder = String.join("/", parts.subList(0, at + 1 + length));
        return KnownAgents.ofPackage(name).map(agent -> new AgentRecognition(agent, "", folder, false));
    }

    private static Optional<AgentRecognition> ofVersionFolder(List<String> parts) {
        for (KnownAgent agent : KnownAgents.ALL) {
            for (String folder : agent.versionFolders()) {
                List<String> wanted = List.of(folder.split("/"));
                int at = Collections.lastIndexOfSubList(parts, wanted);
                if (at >= 0 && at + wanted.size() < parts.size()) {
                    return Optional.of(new AgentRecognition(agent, version(parts.get(at + wanted.size())), "", false));
                }
            }
        }
        return Optional.empty();
    }

    /** Homebrew's {@code Cellar/NAME/VERSION}, an extension's folder, a Python tool's environment. */
    private static Optional<AgentRecognition> ofFolder(List<String> parts) {
        for (int i = 0; i + 2 < parts.size(); i++) {
            String parent = parts.get(i);
            String name = parts.get(i + 1);
            Optional<AgentRecognition> found =
                    switch (parent) {
                        case "Cellar", "Caskroom" -> {
                            String version = version(parts.get(i + 2));
                            yield KnownAgents.ofFormula(name)
                                    .map(agent -> new AgentRecognition(agent, version, "", false));
                        }
                        // its version is the extension's, which is not that of the agent inside
                        case "extensions" ->
                            extension(name).map(each -> new AgentRecognition(each.agent(), "", "", false));
                        case "tools", "venvs" ->
                            KnownAgents.ofPython(name).map(agent -> new AgentRecognition(agent, "", "", false));
                        default -> Optional.empty();
                    };
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<AgentRecognition> ofName(List<String> parts) {
        return KnownAgents.ofExecutable(program(parts.get(parts.size() - 1)))
                .map(agent -> new AgentRecognition(agent, "", "", true));
    }

    /** The file name of a program without its ending, in lower case on every system. */
    static String program(String fileName) {
        return ENDING.matcher(fileName.toLowerCase(Locale.ROOT)).replaceFirst("");
    }

    /** An extension's folder name, as {@code openai.chatgpt-0.5.1-linux-x64}: its agent and its own version. */
    static Optional<AgentRecognition> extension(String folder) {
        Matcher matcher = EXTENSION.matcher(folder.toLowerCase(Locale.ROOT));
        return matcher.matches()
                ? KnownAgents.ofExtension(matcher.group(1))
                        .map(agent -> new AgentRecognition(agent, matcher.group(2), "", false))
                : Optional.empty();
    }

    /** The version at the start of a name such as {@code 0.169.0-x86_64-unknown-linux-musl}; empty when there is none. */
    static String version(String name) {
        Matcher matcher = VERSION.matcher(name);
        return matcher.find() ? matcher.group(1) : "";
    }
}
