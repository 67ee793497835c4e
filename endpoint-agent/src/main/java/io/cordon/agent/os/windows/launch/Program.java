package io.cordon.agent.os.windows.launch;

/**
 * What to start.
 *
 * @param application full path, for {@code lpApplicationName}
 */
record Program(String application, String commandLine) {}
