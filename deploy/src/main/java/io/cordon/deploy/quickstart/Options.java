package io.cordon.deploy.quickstart;

import java.nio.file.Path;
import java.util.List;

/**
 * What the user asked the quick start for.
 *
 * @param data where server and agent keep their data
 * @param port the server's HTTPS port, 1 to 65535
 * @param once run through and exit instead of staying up
 * @param reset delete the data first
 */
record Options(Path data, int port, boolean once, boolean reset) {
    static final int DEFAULT_PORT = 8443;

    static Options parse(Path defaultData, List<String> arguments) throws QuickstartException {
        Path data = defaultData;
        int port = DEFAULT_PORT;
        boolean once = false;
        boolean reset = false;
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            switch (argument) {
                case "--once" -> once = true;
                case "--reset" -> reset = true;
                case "--data" -> data = Path.of(value(arguments, ++i, argument));
                case "--port" -> port = port(value(arguments, ++i, argument));
                default ->
                    throw new QuickstartException(
                            argument + ": unknown option (expected: --data DIR, --port N, --once, --reset, --help)");
            }
        }
        return new Options(data.toAbsolutePath().normalize(), port, once, reset);
    }

    private static String value(List<String> arguments, int index, String option) throws QuickstartException {
        if (index >= arguments.size()) {
            throw new QuickstartException(option + ": a value is missing (example: " + option
                    + (option.equals("--port") ? " 9443)" : " /var/tmp/cordon)"));
        }
        return arguments.get(index);
    }

    private static int port(String text) throws QuickstartException {
        try {
            int port = Integer.parseInt(text);
            if (port >= 1 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Answered below, with the text that was given.
        }
        throw new QuickstartException("--port: " + text + " (expected: a number from 1 to 65535)");
    }
}
