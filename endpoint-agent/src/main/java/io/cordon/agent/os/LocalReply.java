package io.cordon.agent.os;

/**
 * What a local caller is told instead of (or without) a run.
 *
 * @param exit exit status of {@code cordon}: 0, 125 (Cordon failed) or 126 (denied)
 */
public record LocalReply(int exit, String stdout, String stderr) {
    /** Cordon itself could not do it; nothing was run. */
    public static final int FAILED = 125;

    /** Policy does not allow it; nothing was run. */
    public static final int DENIED = 126;

    public static LocalReply output(String stdout) {
        return new LocalReply(0, stdout, "");
    }

    /** One line on standard error; control characters cannot break out of it. */
    public static LocalReply line(int exit, String message) {
        return new LocalReply(exit, "", "cordon: " + oneLine(message) + "\n");
    }

    private static String oneLine(String message) {
        StringBuilder line = new StringBuilder(message.length());
        message.codePoints().forEach(c -> line.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
        return line.toString().strip();
    }
}
