package io.cordon.agent.egress;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where the body of a request ends (RFC 9112, section 6): what comes after it is not passed on, so one decision never carries
 * a second request. Not safe for concurrent use.
 */
final class RequestBody {
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");
    private static final int MAX_SIZE_DIGITS = 8;

    private enum At {
        LENGTH,
        SIZE,
        SIZE_END,
        DATA,
        DATA_CR,
        DATA_LF,
        LAST_CR,
        LAST_LF,
        DONE,
        BROKEN
    }

    private At at;
    private long left;
    private int digits;

    private RequestBody(At at, long left) {
        this.at = at;
        this.left = left;
    }

    /** How a body is framed, or why nobody can tell. */
    sealed interface Result {
        record Framed(RequestBody body) implements Result {}

        record Refused(Refusal refusal) implements Result {}
    }

    static Result of(HttpHead head) {
        List<String> lengths = head.values("Content-Length");
        List<String> codings = head.values("Transfer-Encoding");
        if (codings.isEmpty() && lengths.isEmpty()) {
            return new Result.Framed(new RequestBody(At.DONE, 0));
        }
        if (!codings.isEmpty() && !lengths.isEmpty()) {
            return refused("There are both Content-Length and Transfer-Encoding.");
        }
        if (!codings.isEmpty()) {
            return codings.size() == 1 && codings.get(0).equalsIgnoreCase("chunked") && head.minorVersion() > 0
                    ? new Result.Framed(new RequestBody(At.SIZE, 0))
                    : refused("The only transfer encoding here is chunked, once.");
        }
        if (lengths.size() > 1 || !LENGTH.matcher(lengths.get(0)).matches()) {
            return refused("There is not exactly one Content-Length with a number.");
        }
        long length = Long.parseLong(lengths.get(0));
        return new Result.Framed(new RequestBody(length == 0 ? At.DONE : At.LENGTH, length));
    }

    private static Result refused(String reason) {
        return new Result.Refused(Refusal.malformed(reason));
    }

    boolean isDone() {
        return at == At.DONE;
    }

    /** True when the framing went wrong: nothing more can be passed on. */
    boolean isBroken() {
        return at == At.BROKEN;
    }

    /** How many of the bytes, from the position on, belong to the body; looks at them and leaves the buffer as it is. */
    int take(ByteBuffer bytes) {
        int from = bytes.position();
        int i = from;
        while (i < bytes.limit() && at != At.DONE && at != At.BROKEN) {
            if (at == At.LENGTH || at == At.DATA) {
                int count = (int) Math.min(left, bytes.limit() - i);
                i += count;
                left -= count;
                if (left == 0) {
                    at = at == At.LENGTH ? At.DONE : At.DATA_CR;
                }
            } else {
                step(bytes.get(i++));
            }
        }
        return i - from;
    }

    private void step(byte next) {
        at = switch (at) {
            case SIZE -> size(next);
            case SIZE_END -> next == '\n' ? (left == 0 ? At.LAST_CR : At.DATA) : At.BROKEN;
            case DATA_CR -> next == '\r' ? At.DATA_LF : At.BROKEN;
            case DATA_LF -> next == '\n' ? At.SIZE : At.BROKEN;
            // Trailers could be taken for headers by whoever reads them next: none are passed on.
            case LAST_CR -> next == '\r' ? At.LAST_LF : At.BROKEN;
            case LAST_LF -> next == '\n' ? At.DONE : At.BROKEN;
            case LENGTH, DATA, DONE, BROKEN -> at;
        };
    }

    private At size(byte next) {
        if (next == '\r' && digits > 0) {
            digits = 0;
            return At.SIZE_END;
        }
        int digit = Character.digit(next, 16);
        // Extensions of chunks are read differently by many: refused with everything else that is no digit.
        if (digit < 0 || next < 0 || digits == MAX_SIZE_DIGITS) {
            return At.BROKEN;
        }
        left = digits++ == 0 ? digit : left << 4 | digit;
        return At.SIZE;
    }
}
