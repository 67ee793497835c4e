package io.cordon.agent.os;

/**
 * A protected path that did not exist and is made, empty, only so that it can be mounted read-only; removed after the run.
 *
 * @param directory whether a directory is made, else an empty file
 */
public record Placeholder(String path, boolean directory) {}
