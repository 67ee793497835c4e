package io.cordon.agent.os.windows.launch;

/** The process of a caller, open: as long as it is, its id is not given to another. */
public interface CallerProcess extends AutoCloseable {
    long pid();

    /** For the native side: a handle with the right to duplicate handles from and to it. */
    long handle();

    @Override
    void close();
}
