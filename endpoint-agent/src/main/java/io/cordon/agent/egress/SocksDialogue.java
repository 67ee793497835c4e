package io.cordon.agent.egress;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** SOCKS5: greeting, sign-in, request. */
final class SocksDialogue implements Dialogue {
    private enum At {
        GREETING,
        SIGN_IN,
        REQUEST
    }

    private final EgressRuns runs;
    private At at = At.GREETING;
    private @Nullable EgressRun run;
    private int reply = -1;

    /** @param carried the run whose connection this is known to be; null for nobody's */
    SocksDialogue(EgressRuns runs, @Nullable EgressRun carried) {
        this.runs = runs;
        this.run = carried;
    }

    @Override
    public Step next(ByteBuffer in) {
        Socks5.Message message =
                switch (at) {
                    case GREETING -> Socks5.greeting(in);
                    case SIGN_IN -> Socks5.signIn(in);
                    case REQUEST -> Socks5.request(in);
                };
        if (message instanceof Socks5.Greeting greeting) {
            if (run != null && greeting.open()) {
                at = At.REQUEST;
                return new Step.Say(Socks5.OPEN);
            }
            if (!greeting.password()) {
                return unknown();
            }
            at = At.SIGN_IN;
            return new Step.Say(Socks5.method(true));
        }
        if (message instanceof Socks5.SignIn signIn) {
            run = runs.signedIn(signIn.user(), signIn.secret()).orElse(null);
            if (run == null) {
                return unknown();
            }
            at = At.REQUEST;
            return new Step.Say(Socks5.signedIn(true));
        }
        if (message instanceof Socks5.Request request && run != null) {
            return new Step.Go(new Asked(run, "socks5", request.target(), null));
        }
        if (message instanceof Socks5.Refused refused) {
            reply = refused.reply();
            return new Step.Refuse(refused.refusal(), run, refused.asked(), null);
        }
        return new Step.More();
    }

    private static Step unknown() {
        return new Step.Refuse(
                new Refusal(
                        Refusal.Kind.CREDENTIALS,
                        "no-such-run",
                        "Only a run that is under way may use this proxy, with its own credentials."),
                null,
                "-",
                null);
    }

    @Override
    public String protocol() {
        return "socks5";
    }

    @Override
    public byte[] refusal(Refusal refusal, String line) {
        return switch (at) {
            case GREETING -> Socks5.method(false);
            case SIGN_IN -> Socks5.signedIn(false);
            case REQUEST -> Socks5.reply(reply < 0 ? refusal.kind().socks : reply);
        };
    }

    @Override
    public byte[] established() {
        return Socks5.reply(0);
    }
}
