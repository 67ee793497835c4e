package io.cordon.policy.evaluate;

import io.cordon.policy.document.Digest;
import io.cordon.policy.model.RedactionPattern;
import io.cordon.policy.model.Telemetry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;

/** What a record keeps of a command's arguments (SPEC 2.8). */
public final class ArgumentRecord {

    /** What stands for a part that was taken out. */
    public static final String REDACTED = "[redacted]";

    private static final int MOST_STEPS = 2_000_000;

    private ArgumentRecord() {}

    /** The arguments as the policy lets them be kept; the command word stays. */
    public static List<String> of(Telemetry telemetry, List<String> argv) {
        if (argv.isEmpty()) {
            return List.of();
        }
        List<String> rest = argv.subList(1, argv.size());
        List<String> kept = new ArrayList<>(List.of(argv.get(0)));
        switch (telemetry.arguments()) {
            case FULL -> kept.addAll(rest);
            case REDACTED -> rest.forEach(argument -> kept.add(redact(telemetry.redact(), argument)));
            case HASHED ->
                rest.forEach(argument -> kept.add(
                        Digest.of(argument.getBytes(StandardCharsets.UTF_8)).toString()));
            case NONE -> {}
        }
        return kept;
    }

    private static String redact(List<RedactionPattern> patterns, String argument) {
        String text = argument;
        for (RedactionPattern pattern : patterns) {
            try {
                text = pattern.pattern()
                        .matcher(new BoundedText(text, new int[] {MOST_STEPS}))
                        .replaceAll(Matcher.quoteReplacement(REDACTED));
            } catch (TooManySteps e) {
                return REDACTED;
            }
        }
        return text;
    }

    /** A text that lets itself be looked at only so often, so that no expression can hold a run up. */
    private record BoundedText(String text, int[] left) implements CharSequence {

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (left[0]-- <= 0) {
                throw new TooManySteps();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new BoundedText(text.substring(start, end), left);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private static final class TooManySteps extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooManySteps() {
            super("too many steps", null, false, false);
        }
    }
}
