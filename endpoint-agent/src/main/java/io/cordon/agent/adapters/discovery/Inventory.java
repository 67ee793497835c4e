package io.cordon.agent.adapters.discovery;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What was found on this machine, in an order that only depends on what was found.
 *
 * @param problems what could not be looked at, one line each
 */
record Inventory(
        List<Installation> installations, List<Use> uses, List<ConfiguredServer> servers, List<String> problems) {
    static final Inventory NONE = new Inventory(List.of(), List.of(), List.of(), List.of());

    Inventory {
        installations = List.copyOf(installations);
        uses = List.copyOf(uses);
        servers = List.copyOf(servers);
        problems = List.copyOf(problems);
    }

    /** Where an installation comes from. */
    enum Source {
        NPM,
        NATIVE,
        HOMEBREW,
        EXTENSION,
        /** The operating system's packages, or WinGet. */
        PACKAGE,
        PYTHON,
        /** A program that only its file name gives away. */
        FILE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One installed coding agent.
     *
     * @param version as the vendor writes it; empty when it cannot be told without running it
     * @param path of the program, or of the folder when the program is not known
     * @param owner name of the account whose home it lies in; empty for one that is there for everybody
     * @param sha256 of the program, 64 hexadecimal digits; empty when it is large or not known, then size and time stand for it
     */
    record Installation(
            KnownAgent agent,
            String version,
            Source source,
            String path,
            String owner,
            String sha256,
            long size,
            @Nullable Instant modified) {}

    /**
     * Somebody who uses a coding agent.
     *
     * @param lastUsed newest change of what the agent keeps in the home, to the hour; null when only a process shows the use
     * @param running processes of it at the time of the scan
     */
    record Use(KnownAgent agent, String user, @Nullable Instant lastUsed, int running) {}

    /**
     * An MCP server that a coding agent is configured to use.
     *
     * @param user whose settings name it; empty for those of the machine
     * @param command program and arguments, secrets taken out; empty for a remote server
     * @param url without user, query and secrets; empty for a local one
     * @param environment names of the variables it is given, never values
     * @param scope user, local (a project, in the user's settings), project (a file in it), extension or machine
     * @param file that says so
     * @param allowed whether policy lists it; null when policy says nothing about MCP servers
     */
    record ConfiguredServer(
            KnownAgent agent,
            String user,
            String name,
            List<String> command,
            String url,
            List<String> environment,
            String scope,
            String file,
            @Nullable Boolean allowed) {
        ConfiguredServer {
            command = List.copyOf(command);
            environment = List.copyOf(environment);
        }
    }
}
