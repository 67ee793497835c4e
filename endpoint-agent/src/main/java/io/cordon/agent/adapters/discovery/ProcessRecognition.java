package io.cordon.agent.adapters.discovery;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks through the programs that run others: an interpreter's script, a package that a runner fetches. */
final class ProcessRecognition {
    private static final Set<String> INTERPRETERS = Set.of("node", "nodejs", "bun", "deno", "tsx");
    private static final Set<String> RUNNERS =
            Set.of("npx", "npm", "pnpm", "pnpx", "yarn", "bunx", "bun", "volta", "uvx", "uv", "pipx");
    private static final Set<String> OPTIONS_WITH_VALUE =
            Set.of("-r", "--require", "--import", "--loader", "-C", "--env-file");

    private ProcessRecognition() {}

    static boolean isInterpreter(String program) {
        String name = AgentRecognition.program(fileName(program));
        return INTERPRETERS.contains(name) || name.matches("python[0-9.]{0,8}");
    }

    /** The script that an interpreter is given; empty when it is given none. */
    static Optional<String> script(List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (OPTIONS_WITH_VALUE.contains(argument)) {
                i++;
            } else if (!argument.startsWith("-") && !argument.equals("run")) {
                return Optional.of(argument);
            }
        }
        return Optional.empty();
    }

    /** The coding agent that Python is given as a module ({@code -m}). */
    static Optional<AgentRecognition> module(String program, List<String> arguments) {
        int at = arguments.indexOf("-m");
        return isInterpreter(program) && at >= 0 && at + 1 < arguments.size()
                ? KnownAgents.ofExecutable(arguments.get(at + 1))
                        .map(agent -> new AgentRecognition(agent, "", "", true))
                : Optional.empty();
    }

    /** The coding agent that a runner such as {@code npx} is asked for by its package, with the version it is asked for. */
    static Optional<AgentRecognition> fetched(String program, List<String> arguments) {
        if (!RUNNERS.contains(AgentRecognition.program(fileName(program)))) {
            return Optional.empty();
        }
        return arguments.stream()
                .filter(argument -> !argument.startsWith("-") || argument.startsWith("--package="))
                .flatMap(argument -> ofSpec(argument.replaceFirst("^--package=", "")).stream())
                .findFirst();
    }

    /** {@code name}, {@code name@version} or, for Python, {@code name==version}. */
    private static Optional<AgentRecognition> ofSpec(String spec) {
        int end = spec.contains("==") ? spec.indexOf("==") : spec.indexOf('@', 1);
        String name = end < 0 ? spec : spec.substring(0, end);
        String version =
                end < 0 ? "" : AgentRecognition.version(spec.substring(end).replaceFirst("^(==|@)", ""));
        return KnownAgents.ofPackage(name)
                .or(() -> KnownAgents.ofPython(name))
                .map(agent -> new AgentRecognition(agent, version, "", false));
    }

    /** Which coding agent a process is, from what the kernel tells of it. */
    static Optional<AgentRecognition> of(LocalProcesses.Process process) {
        if (isInterpreter(process.executable())) {
            return script(process.arguments())
                    .flatMap(AgentRecognition::ofPath)
                    .or(() -> module(process.executable(), process.arguments()));
        }
        return AgentRecognition.ofPath(process.executable());
    }

    static String fileName(String path) {
        String slashes = path.replace('\\', '/');
        return slashes.substring(slashes.lastIndexOf('/') + 1);
    }
}
