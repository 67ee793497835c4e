package io.cordon.server.fleet;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Which coding agents and MCP servers an endpoint says are on it, how it says their managed settings stand, and what it could not
 * look at. Self-reported. Texts are cut, lists too: an endpoint that keeps to its own limits loses nothing.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Inventory(
        @NotNull List<Installation> installations,
        @NotNull List<Use> uses,
        @NotNull List<McpServer> mcpServers,
        @NotNull List<Settings> settings,
        @NotNull List<Drift> drifts,
        @NotNull List<String> problems) {

    private static final int MOST = 1000;
    private static final int LONGEST_TEXT = 1000;
    private static final int LONGEST_DIFF = 5000;

    /**
     * An installed coding agent.
     *
     * @param agent its name in one word
     * @param title its name for people
     * @param version empty when it cannot be told
     * @param source npm, native, homebrew, extension, package, python or file
     * @param owner whose home it lies in; empty for one that is there for everybody
     * @param sha256 of the program; empty when it is large or not known
     * @param refusal why policy does not let it run: denied, unlisted, too-old or version-unknown; empty when it does
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Schema(name = "AgentInstallation")
    public record Installation(
            @NotNull String agent,
            @NotNull String title,
            @NotNull Standing standing,
            @NotNull String version,
            @NotNull String source,
            @NotNull String path,
            @NotNull String owner,
            @NotNull String sha256,
            @NotNull long size,
            @Nullable Instant modified,
            @NotNull String refusal) {
        public Installation {
            agent = cut(agent);
            title = cut(title);
            standing = orUnknown(standing);
            version = cut(version);
            source = cut(source);
            path = cut(path);
            owner = cut(owner);
            sha256 = cut(sha256);
            refusal = cut(refusal);
        }
    }

    /** Somebody who uses an agent. @param lastUsed to the hour; null when only a process shows the use */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Schema(name = "AgentUse")
    public record Use(
            @NotNull String agent,
            @NotNull String title,
            @NotNull Standing standing,
            @NotNull String user,
            @Nullable Instant lastUsed,
            @NotNull int running) {
        public Use {
            agent = cut(agent);
            title = cut(title);
            standing = orUnknown(standing);
            user = cut(user);
            running = Math.max(0, running);
        }
    }

    /**
     * An MCP server that an agent is configured to use.
     *
     * @param command program and arguments without secrets; empty for a remote server
     * @param environment names of variables
     * @param scope user, local, project, extension or machine
     * @param allowed whether policy lists it; null when it says nothing of MCP servers
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record McpServer(
            @NotNull String agent,
            @NotNull String user,
            @NotNull String name,
            @NotNull List<String> command,
            @NotNull String url,
            @NotNull List<String> environment,
            @NotNull String scope,
            @NotNull String file,
            @Nullable Boolean allowed) {
        public McpServer {
            agent = cut(agent);
            user = cut(user);
            name = cut(name);
            command = texts(command);
            url = cut(url);
            environment = texts(environment);
            scope = cut(scope);
            file = cut(file);
        }
    }

    /** How an agent's managed settings stand. @param limits what policy asks and the agent cannot be told */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Schema(name = "AgentSettings")
    public record Settings(
            @NotNull String agent,
            @NotNull List<SettingsFile> files,
            @NotNull List<String> limits) {
        public Settings {
            agent = cut(agent);
            files = list(files);
            limits = texts(limits);
        }
    }

    /** A managed file. @param problem why it does not stand there; empty when it does */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record SettingsFile(
            @NotNull String path,
            @NotNull String sha256,
            @NotNull String problem) {
        public SettingsFile {
            path = cut(path);
            sha256 = cut(sha256);
            problem = cut(problem);
        }
    }

    /** What somebody else changed in a managed file, and Cordon put back. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Schema(name = "SettingsDrift")
    public record Drift(
            @NotNull String agent,
            @Nullable Instant at,
            @NotNull String path,
            @NotNull String diff) {
        public Drift {
            agent = cut(agent);
            path = cut(path);
            diff = cut(diff, LONGEST_DIFF);
        }
    }

    public Inventory {
        installations = list(installations);
        uses = list(uses);
        mcpServers = list(mcpServers);
        settings = list(settings);
        drifts = list(drifts);
        problems = texts(problems);
    }

    private static String cut(@Nullable String told) {
        return cut(told, LONGEST_TEXT);
    }

    private static String cut(@Nullable String told, int most) {
        String text = told == null ? "" : told;
        return text.length() > most ? text.substring(0, most) : text;
    }

    private static Standing orUnknown(@Nullable Standing told) {
        return told == null ? Standing.UNKNOWN : told;
    }

    private static <T> List<T> list(@Nullable List<T> told) {
        return told == null
                ? List.of()
                : told.stream().filter(Objects::nonNull).limit(MOST).toList();
    }

    private static List<String> texts(@Nullable List<String> told) {
        return list(told).stream().map(Inventory::cut).toList();
    }
}
