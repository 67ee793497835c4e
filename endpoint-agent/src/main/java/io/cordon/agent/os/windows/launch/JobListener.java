package io.cordon.agent.os.windows.launch;

import org.jspecify.annotations.Nullable;

/** What a job reports of itself. */
public interface JobListener {
    /**
     * @param parent process id, 0 when it could not be had
     * @param image full path of the program, null when it had ended before it was looked at
     * @param commandLine as the process itself has it; null when it could not be had
     */
    void processStarted(long pid, long parent, @Nullable String image, @Nullable String commandLine);

    /** @param status null when it could not be had */
    void processEnded(long pid, @Nullable Integer status);

    void limitHit(Limit limit);

    /** The last process has ended. */
    void empty();

    /** The limits a job can hit, under the names of records. */
    enum Limit {
        PROCESSES("processes"),
        MEMORY("memory");

        private final String record;

        Limit(String record) {
            this.record = record;
        }

        String record() {
            return record;
        }
    }
}
