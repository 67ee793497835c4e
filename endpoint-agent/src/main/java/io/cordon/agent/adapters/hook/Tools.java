package io.cordon.agent.adapters.hook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Reads tool inputs that vendors have in common. What should be there and is not makes a call that cannot be read. */
final class Tools {
    private static final String MCP = "mcp__";
    /** Each is looked for on the disk. */
    private static final int MOST_PATHS = 1000;

    private Tools() {}

    /** @param shell what the vendor's shell is, to be followed by the line */
    static ToolUse command(String name, ObjectNode input, String field, List<String> shell, ToolUse.Dialect dialect) {
        JsonNode given = input.path(field);
        List<String> argv = HookInput.texts(given);
        if (argv == null || argv.isEmpty() || argv.stream().anyMatch(each -> each.indexOf('\0') >= 0)) {
            return new ToolUse.Unreadable(name, field + ": expected a command");
        }
        if (given.isArray()) {
            return new ToolUse.Command(name, null, argv, dialect);
        }
        String line = argv.get(0);
        return new ToolUse.Command(name, line, Shells.argv(shell, line), dialect);
    }

    static ToolUse file(String name, ObjectNode input, String field, boolean write) {
        String path = HookInput.text(input, field);
        return path == null
                ? new ToolUse.Unreadable(name, field + ": expected a path")
                : new ToolUse.Files(name, uses(path, write));
    }

    /** The path as given, and without the blanks around it, which some vendors take off. */
    static List<ToolUse.FileUse> uses(String path, boolean write) {
        String trimmed = Blanks.trim(path);
        ToolUse.FileUse given = new ToolUse.FileUse(path, write);
        return trimmed.isEmpty() || trimmed.equals(path)
                ? List.of(given)
                : List.of(given, new ToolUse.FileUse(trimmed, write));
    }

    /** Paths to read, of which there may be none: then it is the working directory. */
    static ToolUse reads(String name, ObjectNode input, String field) {
        List<String> paths = HookInput.texts(input.path(field));
        if (paths == null || paths.size() > MOST_PATHS) {
            return new ToolUse.Unreadable(name, field + ": expected paths");
        }
        return new ToolUse.Files(
                name,
                (paths.isEmpty() ? List.of(".") : paths)
                        .stream().flatMap(path -> uses(path, false).stream()).toList());
    }

    /** The same of a tool that reads everything below them. */
    static ToolUse searches(String name, ObjectNode input, String field) {
        return reads(name, input, field) instanceof ToolUse.Files files
                ? new ToolUse.Files(
                        name,
                        files.files().stream()
                                .map(file -> new ToolUse.FileUse(file.path(), false, true))
                                .toList())
                : new ToolUse.Unreadable(name, field + ": expected paths");
    }

    static ToolUse fetch(String name, ObjectNode input, String field) {
        String url = HookInput.text(input, field);
        return url == null
                ? new ToolUse.Unreadable(name, field + ": expected an address")
                : new ToolUse.Fetch(name, List.of(url));
    }

    static ToolUse patch(String name, ObjectNode input, String field) {
        String patch = HookInput.text(input, field);
        List<ToolUse.FileUse> files = new ArrayList<>();
        return patch != null && PatchFiles.read(patch, files)
                ? new ToolUse.Files(name, files)
                : new ToolUse.Unreadable(name, "the files of the patch cannot be told");
    }

    /** {@code mcp__server__tool}. */
    static boolean isMcp(String name) {
        return name.startsWith(MCP);
    }

    static ToolUse mcp(String name) {
        int end = name.indexOf("__", MCP.length());
        return end <= MCP.length()
                ? new ToolUse.Unreadable(name, "no name of an MCP server")
                : new ToolUse.Mcp(name, name.substring(MCP.length(), end), false);
    }
}
