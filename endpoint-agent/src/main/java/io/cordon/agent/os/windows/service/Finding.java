package io.cordon.agent.os.windows.service;

/**
 * One result of a look at the machine.
 *
 * @param subject two or three words
 * @param text what was found, and what to do where something is to be done
 */
public record Finding(Weight weight, String subject, String text) {
    /** How much it matters. */
    public enum Weight {
        OK("ok"),
        /** Cordon works, but somebody should know. */
        NOTICE("notice"),
        /** Nothing is confined here before this is corrected, so nothing is run. */
        REFUSED("refused");

        private final String word;

        Weight(String word) {
            this.word = word;
        }
    }

    /** For a terminal. */
    public String line() {
        return String.format("%-8s%s: %s", weight.word, subject, text);
    }
}
