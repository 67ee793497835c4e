package io.cordon.agent.egress;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks the company's proxy for a tunnel and reads its answer to the blank line, byte by byte, so that nothing behind it is taken. */
final class UpstreamHandshake {
    private static final int MAX = 16 << 10;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([0-9]{3})(?: [^\r\n]*)?\r\n");

    enum State {
        WRITE,
        READ,
        DONE,
        REFUSED
    }

    private final ByteBuffer request;
    private final StringBuilder answer = new StringBuilder();
    private final ByteBuffer one = ByteBuffer.allocate(1);
    private String status = "nothing";

    UpstreamHandshake(byte[] request) {
        this.request = ByteBuffer.wrap(request);
    }

    State advance(SocketChannel channel) throws IOException {
        channel.write(request);
        if (request.hasRemaining()) {
            return State.WRITE;
        }
        while (answer.length() < MAX) {
            int count = channel.read(one.clear());
            if (count == 0) {
                return State.READ;
            }
            if (count < 0) {
                return State.REFUSED;
            }
            answer.append((char) (one.get(0) & 0xff));
            if (answer.length() >= 4 && answer.substring(answer.length() - 4).equals("\r\n\r\n")) {
                return judge();
            }
        }
        status = "more than " + MAX + " bytes";
        return State.REFUSED;
    }

    private State judge() {
        Matcher line = STATUS.matcher(answer);
        if (!line.lookingAt()) {
            status = "with no HTTP: "
                    + new String(
                                    answer.substring(0, 4).getBytes(StandardCharsets.ISO_8859_1),
                                    StandardCharsets.US_ASCII)
                            .replaceAll("[^ -~]", "?");
            return State.REFUSED;
        }
        status = "with status " + line.group(1);
        return String.valueOf(line.group(1)).startsWith("2") ? State.DONE : State.REFUSED;
    }

    /** What it answered, in a few words. */
    String status() {
        return status;
    }
}
