package io.cordon.agent.adapters.discovery;

import io.cordon.agent.adapters.CodingAgent;
import java.util.List;
import java.util.Optional;

/**
 * How a coding agent is recognised by where its files are and what they are called.
 *
 * @param word its name in reports and rules, for example {@code claude-code}
 * @param title its name for people
 * @param coding which of the agents that policies name it is; empty for any other
 * @param packages npm packages
 * @param formulas names in Homebrew and in packages of the operating system
 * @param pythons Python distributions
 * @param extensions Visual Studio Code extensions, {@code publisher.name} in lower case
 * @param executables file names of its program without an ending
 * @param ambiguous whether other programs have that file name too: then the name alone refuses nothing
 * @param versionFolders folders of a native installer below the home, whose entries are versions
 * @param stateFolders folders or files below the home that it writes when it is used
 */
record KnownAgent(
        String word,
        String title,
        Optional<CodingAgent> coding,
        List<String> packages,
        List<String> formulas,
        List<String> pythons,
        List<String> extensions,
        List<String> executables,
        boolean ambiguous,
        List<String> versionFolders,
        List<String> stateFolders) {
    KnownAgent {
        packages = List.copyOf(packages);
        formulas = List.copyOf(formulas);
        pythons = List.copyOf(pythons);
        extensions = List.copyOf(extensions);
        executables = List.copyOf(executables);
        versionFolders = List.copyOf(versionFolders);
        stateFolders = List.copyOf(stateFolders);
    }

    /** The key in a policy's {@code agents}; for an agent that policies do not name, a key that none has. */
    String policyKey() {
        return coding.map(CodingAgent::policyKey).orElse(word);
    }

    /** Whether this npm package is the agent, or the part of it for one platform ({@code @openai/codex-linux-x64}). */
    boolean isPackage(String name) {
        return packages.stream()
                .anyMatch(own ->
                        name.equals(own) || name.startsWith(own + "-") && isPlatform(name.substring(own.length() + 1)));
    }

    private static boolean isPlatform(String suffix) {
        return suffix.matches("(linux|linuxmusl|darwin|win32|windows|android)-?[a-z0-9-]{0,24}");
    }
}
