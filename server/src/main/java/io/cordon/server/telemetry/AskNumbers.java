package io.cordon.server.telemetry;

/**
 * How often hooks decided, and how often that meant to ask somebody.
 *
 * @param allowed decisions to let a tool call pass
 * @param denied decisions to refuse one
 * @param asked decisions to ask
 * @param saidYes questions that were answered with yes
 * @param saidNo questions that were answered with no
 * @param remembered questions that an earlier answer made unnecessary
 * @param unanswered questions that nobody answered in time
 * @param answers answers of a person whose time is known
 * @param answerMillis all of their times together
 */
public record AskNumbers(
        long allowed,
        long denied,
        long asked,
        long saidYes,
        long saidNo,
        long remembered,
        long unanswered,
        long answers,
        long answerMillis) {

    public static final AskNumbers NONE = new AskNumbers(0, 0, 0, 0, 0, 0, 0, 0, 0);

    AskNumbers plus(AskNumbers other) {
        return new AskNumbers(
                allowed + other.allowed,
                denied + other.denied,
                asked + other.asked,
                saidYes + other.saidYes,
                saidNo + other.saidNo,
                remembered + other.remembered,
                unanswered + other.unanswered,
                answers + other.answers,
                answerMillis + other.answerMillis);
    }
}
