package io.cordon.agent.main;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code cordon-agent COMMAND}. */
public final class CordonAgent {
    private static final String USAGE = """
            usage: cordon-agent enroll --server URL (--token TOKEN | --token-file FILE)
                                       [--trust-root FILE] [--data DIR]
                   cordon-agent run [--data DIR] [--runtime DIR] [--protect DIR]... [--egress FILE]
                                    [--otlp-http PORT] [--otlp-grpc PORT] [--managed-settings-root DIR]
                   cordon-agent status [--runtime DIR]
                   cordon-agent uninstall [--data DIR] [--runtime DIR]
                   cordon-agent version
            """;

    private CordonAgent() {}

    public static void main(String[] words) {
        Locale.setDefault(Locale.ROOT);
        System.exit(run(List.of(words)).code());
    }

    private static String usage(Machine machine) {
        return USAGE
                + machine.usage().stream()
                        .map(line -> "       cordon-agent " + line + "\n")
                        .collect(Collectors.joining());
    }

    private static ExitCode other(Machine machine, String name, List<String> rest)
            throws CommandException, InterruptedException {
        Machine.@Nullable Command command = machine.commands().get(name);
        if (command != null) {
            return command.run(rest);
        }
        System.err.print(usage(machine));
        return ExitCode.USAGE;
    }

    static ExitCode run(List<String> words) {
        return run(Machine.here(), words);
    }

    static ExitCode run(Machine machine, List<String> words) {
        String command = words.isEmpty() ? "" : words.get(0);
        List<String> rest = words.isEmpty() ? words : words.subList(1, words.size());
        try {
            Logging.install(machine.logLevel());
            return switch (command) {
                case "enroll" -> EnrollCommand.run(machine, rest);
                case "run" -> RunCommand.run(machine, rest);
                case "status" -> StatusCommand.run(machine, rest);
                case "uninstall" -> UninstallCommand.run(machine, rest);
                case "version", "--version" -> {
                    System.out.println("cordon-agent " + Machine.version());
                    yield ExitCode.OK;
                }
                case "help", "--help", "-h" -> {
                    System.out.print(usage(machine));
                    yield ExitCode.OK;
                }
                default -> other(machine, command, rest);
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
