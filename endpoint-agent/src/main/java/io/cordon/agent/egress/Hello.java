package io.cordon.agent.egress;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The line with which a relay announces whose connection it carries: {@code cordon RUN SECRET}. It begins as no request does.
 * Tools that cannot sign in to a proxy work by it, and it is no less than signing in: the relay is outside the sandbox.
 */
final class Hello {
    static final String PREFIX = "cordon ";
    private static final int MAX = 256;

    private Hello() {}

    /** What became of it. */
    sealed interface Result {
        record More() implements Result {}

        /** @param run that it names; empty when there is none */
        record Said(Optional<EgressRun> run) implements Result {}
    }

    static boolean begins(byte first) {
        return first == PREFIX.charAt(0);
    }

    /** Takes the line off the buffer. */
    static Result read(ByteBuffer in, EgressRuns runs) {
        for (int i = in.position(); i < in.limit() && i - in.position() < MAX; i++) {
            if (in.get(i) == '\n') {
                byte[] bytes = new byte[i + 1 - in.position()];
                in.get(bytes);
                return new Result.Said(run(new String(bytes, StandardCharsets.ISO_8859_1), runs));
            }
        }
        return in.remaining() >= MAX ? new Result.Said(Optional.empty()) : new Result.More();
    }

    private static Optional<EgressRun> run(String line, EgressRuns runs) {
        String[] words = line.strip().split(" ", -1);
        return words.length == 3 && line.startsWith(PREFIX) ? runs.signedIn(words[1], words[2]) : Optional.empty();
    }
}
