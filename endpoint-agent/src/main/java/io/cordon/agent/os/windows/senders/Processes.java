package io.cordon.agent.os.windows.senders;

import io.cordon.agent.os.windows.Sid;
import java.io.IOException;
import java.util.Optional;

/** Running processes. */
@FunctionalInterface
public interface Processes {
    /** Empty when there is none of that number, or it may not be looked at. */
    Optional<Held> open(long pid) throws IOException;

    /** A process that is held: its number is nobody else's until this is closed. */
    interface Held extends AutoCloseable {
        /** In 100 ns since 1601. */
        long created() throws IOException;

        /** Full path of the program; empty when it cannot be had. */
        String image();

        Sid user() throws IOException;

        /** The number of the process that started it, which may be another's by now; 0 when it cannot be had. */
        long parent();

        @Override
        void close();
    }
}
