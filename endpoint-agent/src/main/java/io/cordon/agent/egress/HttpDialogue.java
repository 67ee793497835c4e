package io.cordon.agent.egress;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** HTTP: one head. */
final class HttpDialogue implements Dialogue {
    private static final int MAX_SHOWN = 256;

    private final EgressRuns runs;
    private final @Nullable EgressRun carried;
    private final int limit;
    private String protocol = "http";
    private int looked;

    /**
     * @param carried the run whose connection this is known to be; null for nobody's
     * @param limit bytes of the head
     */
    HttpDialogue(EgressRuns runs, @Nullable EgressRun carried, int limit) {
        this.runs = runs;
        this.carried = carried;
        this.limit = limit;
    }

    @Override
    public Step next(ByteBuffer in) {
        int end = endOfHead(in);
        if (end < 0) {
            return in.remaining() >= limit
                    ? refuse(new Refusal(
                            Refusal.Kind.TOO_LARGE, "head-too-large", "The head has more than " + limit + " bytes."))
                    : new Step.More();
        }
        byte[] bytes = new byte[end - in.position()];
        in.get(bytes);
        HttpHead.Result read = HttpHead.read(bytes);
        if (read instanceof HttpHead.Result.Refused refused) {
            return refuse(refused.refusal());
        }
        return known(((HttpHead.Result.Read) read).head());
    }

    /** The position behind the blank line; -1 when it has not come. Never looks at a byte twice. */
    private int endOfHead(ByteBuffer in) {
        for (int i = Math.max(in.position() + 3, looked); i < in.limit(); i++) {
            if (in.get(i) == '\n' && in.get(i - 1) == '\r' && in.get(i - 2) == '\n' && in.get(i - 3) == '\r') {
                return i + 1;
            }
        }
        looked = in.limit();
        return -1;
    }

    private Step known(HttpHead head) {
        protocol = head.method().equals("CONNECT") ? "connect" : "http";
        HttpTarget target = HttpTarget.of(head);
        EgressRun run = signedIn(head).orElse(null);
        if (run == null) {
            return refuse(new Refusal(
                    Refusal.Kind.CREDENTIALS,
                    "no-such-run",
                    "Only a run that is under way may use this proxy, with its own credentials."));
        }
        if (target instanceof HttpTarget.Refused refused) {
            return refuse(refused.refusal(), run, refused.asked(), head);
        }
        if (target instanceof HttpTarget.Tunnel tunnel) {
            return new Step.Go(new Asked(run, protocol, tunnel.target(), null));
        }
        HttpTarget.Plain plain = (HttpTarget.Plain) target;
        Refusal problem = ForwardedHead.problem(head);
        RequestBody.Result body = RequestBody.of(head);
        if (body instanceof RequestBody.Result.Refused refused) {
            problem = refused.refusal();
        }
        return problem == null && body instanceof RequestBody.Result.Framed framed
                ? new Step.Go(
                        new Asked(run, protocol, plain.target(), new Asked.PlainRequest(head, plain, framed.body())))
                : refuse(
                        problem == null ? Refusal.malformed("The body cannot be framed.") : problem,
                        run,
                        plain.target().authority(),
                        head);
    }

    private Optional<EgressRun> signedIn(HttpHead head) {
        List<String> given = head.values("Proxy-Authorization");
        if (given.isEmpty() && carried != null) {
            return carried.isEnded() ? Optional.empty() : Optional.of(carried);
        }
        if (given.size() != 1 || !given.get(0).regionMatches(true, 0, "Basic ", 0, 6)) {
            return Optional.empty();
        }
        try {
            String pair = new String(
                    Base64.getDecoder().decode(given.get(0).substring(6).strip()), StandardCharsets.ISO_8859_1);
            int colon = pair.indexOf(':');
            return colon < 0 ? Optional.empty() : runs.signedIn(pair.substring(0, colon), pair.substring(colon + 1));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What nobody could read: it is still known whose it is, where a relay said so. */
    private Step refuse(Refusal refusal) {
        EgressRun run = carried != null && !carried.isEnded() ? carried : null;
        return new Step.Refuse(refusal, run, "-", null);
    }

    /** The first bytes are of no protocol that is spoken here. */
    Step.Refuse unknown() {
        return (Step.Refuse) refuse(Refusal.malformed("It is neither HTTP nor SOCKS5."));
    }

    private static Step refuse(Refusal refusal, EgressRun run, String asked, @Nullable HttpHead head) {
        String shown = asked.length() > MAX_SHOWN ? asked.substring(0, MAX_SHOWN) : asked;
        return new Step.Refuse(
                refusal, run, shown, head == null || head.method().equals("CONNECT") ? null : head.method());
    }

    @Override
    public String protocol() {
        return protocol;
    }

    @Override
    public byte[] refusal(Refusal refusal, String line) {
        return Answers.http(refusal, line);
    }

    @Override
    public byte[] established() {
        return Answers.ESTABLISHED;
    }
}
