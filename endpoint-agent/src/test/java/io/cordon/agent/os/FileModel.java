package io.cordon.agent.os;

/** What a file view comes to, as the operating system would have it; each way of enforcing has a model of its own. */
public interface FileModel {
    /** Whether what the host has at the path can be read (as far as the user may). */
    boolean readsHost(String path);

    /** Whether what the host has at the path can be changed, or something made there (as far as the user may). */
    boolean writesHost(String path);

    /** Whether the path can be written at all, if only in a place of the run's own. */
    boolean writes(String path);

    /** Whether what is written there stays between runs of this user: nobody else reads or changes it. */
    boolean isPrivate(String path);
}
