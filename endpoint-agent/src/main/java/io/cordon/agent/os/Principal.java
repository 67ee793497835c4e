package io.cordon.agent.os;

/**
 * On whose behalf a confined process runs. On Linux it also runs as that account; on Windows as one of the sandbox accounts.
 *
 * @param name account name
 * @param home absolute path of the home directory, canonical; what {@code ~} in a policy stands for
 */
public record Principal(String name, Account account, String home) {}
