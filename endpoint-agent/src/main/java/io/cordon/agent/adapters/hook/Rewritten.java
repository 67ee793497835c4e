package io.cordon.agent.adapters.hook;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordon.agent.adapters.RunPrefix;
import io.cordon.agent.adapters.ShellWords;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A command as {@code cordon run} of it.
 *
 * @param text the line for the vendor's shell, or what stands for the list: by this it is known again
 * @param input of the tool with nothing but the command changed
 */
public record Rewritten(String text, ObjectNode input) {
    /** Bytes of one argument that Linux takes (MAX_ARG_STRLEN), less the ending NUL; the vendor hands the line over as one. */
    private static final int MOST_POSIX = 131_071;
    /** Characters of a command line that Windows takes, less what starts the shell. */
    private static final int MOST_WINDOWS = 30_000;

    /** Of every vendor's shell tool. */
    private static final String FIELD = "command";

    private static final int MOST_REASON = 200;

    /**
     * The call that is put in place of a command; empty when it would be longer than the operating system takes.
     *
     * @param cordon absolute path of the launcher
     * @param toolCall id that the run is joined by
     * @param asked whether it only runs if the developer was asked
     */
    public static Optional<Rewritten> of(
            String cordon, HookCall call, ToolUse.Command command, String toolCall, boolean asked) {
        List<String> words = new ArrayList<>(RunPrefix.words(cordon, asked));
        words.addAll(List.of("--session", call.session(), "--tool-call", toolCall));
        String reason = oneLine(call.reason());
        if (!reason.isEmpty()) {
            words.addAll(List.of("--reason", reason));
        }
        words.add("--");
        words.addAll(command.argv());
        String line =
                command.dialect() == ToolUse.Dialect.POSIX ? ShellWords.posix(words) : ShellWords.powershell(words);
        boolean fits = command.dialect() == ToolUse.Dialect.POSIX
                ? line.getBytes(StandardCharsets.UTF_8).length <= MOST_POSIX
                : line.length() <= MOST_WINDOWS;
        if (!fits) {
            return Optional.empty();
        }
        ObjectNode input = call.input().deepCopy();
        if (command.line() == null) {
            ArrayNode list = input.putArray(FIELD);
            words.forEach(list::add);
        } else {
            input.put(FIELD, line);
        }
        return Optional.of(new Rewritten(line, input));
    }

    /** What a command is known by: its line, or its list in the form that {@link #text} has. */
    public static String text(ToolUse.Command command) {
        return command.line() == null ? ShellWords.posix(command.argv()) : command.line();
    }

    private static String oneLine(@Nullable String reason) {
        if (reason == null) {
            return "";
        }
        StringBuilder line = new StringBuilder();
        // A double quote would be lost on its way through Windows PowerShell.
        reason.codePoints()
                .limit(MOST_REASON)
                .forEach(c -> line.appendCodePoint(Character.isISOControl(c) ? ' ' : c == '"' ? '\'' : c));
        return line.toString().strip();
    }
}
