package dev.waypost.examples.server;

import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

/** Where the log goes: standard output, one line a record, as CoreDNS prints it. */
final class ServerLog extends Formatter {
    private ServerLog() {}

    /**
     * Sends the JDK's logging, which {@link System.Logger} ends in, to standard output.
     *
     * @param quiet whether what is no fault is left out; query logs are no fault and stay, as they were asked for
     */
    static void toStandardOutput(boolean quiet) {
        LogManager.getLogManager().reset();
        Handler handler = new FlushingHandler();
        handler.setFormatter(new ServerLog());
        Logger root = Logger.getLogger("");
        root.setLevel(quiet ? Level.WARNING : Level.INFO);
        root.addHandler(handler);
        QUERY_LOG.setLevel(Level.INFO);
    }

    /** Held here, as the log manager itself would let go of it. */
    private static final Logger QUERY_LOG = Logger.getLogger("dev.waypost.log");

    @Override
    public String format(LogRecord entry) {
        String level = entry.getLevel().intValue() >= Level.SEVERE.intValue()
                ? "ERROR"
                : entry.getLevel().getName();
        String line = "[" + level + "] " + formatMessage(entry) + System.lineSeparator();
        Throwable thrown = entry.getThrown();
        return thrown == null ? line : line + "[" + level + "]   " + thrown + System.lineSeparator();
    }

    /** Writes through at once: a log that is one buffer behind is of no use to whoever waits for a line. */
    private static final class FlushingHandler extends StreamHandler {
        FlushingHandler() {
            setOutputStream(System.out);
        }

        @Override
        public synchronized void publish(LogRecord entry) {
            super.publish(entry);
            flush();
        }
    }
}
