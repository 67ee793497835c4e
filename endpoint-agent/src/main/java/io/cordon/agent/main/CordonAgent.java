package io.cordon.agent.main;

import java.util.List;
import java.util.Locale;

/** {@code cordon-agent COMMAND}. */
public final class CordonAgent {
    private static final String USAGE = """
            usage: cordon-agent enroll --server URL (--token TOKEN | --token-file FILE)
                                       [--trust-root FILE] [--data DIR]
                   cordon-agent run [--data DIR] [--runtime DIR] [--protect DIR]... [--egress FILE]
                   cordon-agent status [--runtime DIR]
                   cordon-agent uninstall [--data DIR] [--runtime DIR]
                   cordon-agent version
            """;

    private CordonAgent() {}

    public static void main(String[] words) {
        Locale.setDefault(Locale.ROOT);
        System.exit(run(List.of(words)).code());
    }

    static ExitCode run(List<String> words) {
        String command = words.isEmpty() ? "" : words.get(0);
        List<String> rest = words.isEmpty() ? words : words.subList(1, words.size());
        try {
            Logging.install();
            return switch (command) {
                case "enroll" -> EnrollCommand.run(rest);
                case "run" -> RunCommand.run(rest);
                case "status" -> StatusCommand.run(rest);
                case "uninstall" -> UninstallCommand.run(rest);
                case "version", "--version" -> {
                    System.out.println("cordon-agent " + LinuxMachine.version());
                    yield ExitCode.OK;
                }
                case "help", "--help", "-h" -> {
                    System.out.print(USAGE);
                    yield ExitCode.OK;
                }
                default -> {
                    System.err.print(USAGE);
                    yield ExitCode.USAGE;
                }
            };
        } catch (CommandException e) {
            System.err.println("cordon-agent: " + e.getMessage());
            return e.code();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.TEMPORARY;
        } catch (RuntimeException e) {
            System.err.println("cordon-agent: a defect: " + e + ". Please report it with what follows");
            e.printStackTrace();
            return ExitCode.INTERNAL;
        }
    }
}
