package io.cordon.agent.main;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** One line for each message on standard error, as the journal wants it; the journal adds the time. */
final class Logging extends Formatter {
    /** Held, because the platform forgets the level of a logger that nobody holds. */
    private static final List<Logger> HELD = new ArrayList<>();

    /** Keeps the handlers to the very end: the platform's own manager drops them as soon as a shutdown begins. */
    public static final class UntilTheEnd extends LogManager {
        @Override
        public void reset() {
            // Nothing is taken away; what an orderly stop has to say is still heard.
        }
    }

    /** Before anything logs. */
    static void install(Level level) {
        System.setProperty("java.util.logging.manager", UntilTheEnd.class.getName());
        Logger root = Logger.getLogger("");
        for (Handler each : root.getHandlers()) {
            root.removeHandler(each);
        }
        Handler handler = new ConsoleHandler();
        handler.setLevel(Level.ALL);
        handler.setFormatter(new Logging());
        root.addHandler(handler);
        root.setLevel(Level.WARNING);
        Logger own = Logger.getLogger("io.cordon");
        own.setLevel(level);
        HELD.add(own);
    }

    /** Sends warnings to the event log as well. */
    static void alsoTo(Handler handler) {
        handler.setFormatter(new Logging());
        Logger.getLogger("").addHandler(handler);
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
