package io.cordon.agent.os.windows.launch;

/**
 * @param input whether the caller writes to it; otherwise the input is redirected and the console gets none
 * @param output whether the caller reads from it; otherwise what it shows is thrown away
 */
public record PseudoConsolePlan(int columns, int rows, boolean input, boolean output) {}
