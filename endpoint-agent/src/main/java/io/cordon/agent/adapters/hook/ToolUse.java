package io.cordon.agent.adapters.hook;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a tool is asked to do, as far as policy has a say in it. */
public sealed interface ToolUse {
    /** The vendor's name of the tool; empty where the event is about none. */
    String name();

    /**
     * A command.
     *
     * @param line as given to the vendor's shell; null when it is given as a list
     * @param argv what runs: the shell with the line, or the list
     * @param dialect of the shell that the vendor gives a line to
     */
    record Command(String name, @Nullable String line, List<String> argv, Dialect dialect) implements ToolUse {
        public Command {
            argv = List.copyOf(argv);
        }
    }

    /** How a line is quoted. */
    enum Dialect {
        POSIX,
        POWERSHELL
    }

    /** Reading or writing files with the agent's own hands. */
    record Files(String name, List<FileUse> files) implements ToolUse {
        public Files {
            files = List.copyOf(files);
        }
    }

    /**
     * @param path as given, possibly relative
     * @param below whether what is below it is read as well
     */
    record FileUse(String path, boolean write, boolean below) {
        public FileUse(String path, boolean write) {
            this(path, write, false);
        }
    }

    /** @param urls as given, at least one */
    record Fetch(String name, List<String> urls) implements ToolUse {
        public Fetch {
            urls = List.copyOf(urls);
        }
    }

    /** @param server name of the MCP server; where {@code prefixed}, followed by {@code -} and the tool */
    record Mcp(String name, String server, boolean prefixed) implements ToolUse {}

    /** One that policy says nothing of. */
    record Other(String name) implements ToolUse {}

    /** One that policy has a say in, but what it would do cannot be read. */
    record Unreadable(String name, String why) implements ToolUse {}
}
