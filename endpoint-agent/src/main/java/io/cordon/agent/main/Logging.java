package io.cordon.agent.main;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** One line for each message on standard error, as the journal wants it; the journal adds the time. */
final class Logging extends Formatter {
    static void install() {
        LogManager.getLogManager().reset();
        Handler handler = new ConsoleHandler();
        handler.setLevel(Level.ALL);
        handler.setFormatter(new Logging());
        Logger root = Logger.getLogger("");
        root.addHandler(handler);
        root.setLevel(Level.WARNING);
        Logger.getLogger("io.cordon").setLevel(Level.INFO);
    }

    @Override
    public String format(LogRecord entry) {
        StringBuilder line = new StringBuilder(priority(entry.getLevel()));
        String name = String.valueOf(entry.getLoggerName());
        line.append(name.substring(name.lastIndexOf('.') + 1)).append(": ").append(oneLine(formatMessage(entry)));
        if (entry.getThrown() != null) {
            StringWriter trace = new StringWriter();
            entry.getThrown().printStackTrace(new PrintWriter(trace));
            line.append(": ").append(oneLine(trace.toString()));
        }
        return line.append('\n').toString();
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }

    private static String priority(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return "ERROR ";
        }
        return level.intValue() >= Level.WARNING.intValue() ? "WARN  " : "INFO  ";
    }
}
