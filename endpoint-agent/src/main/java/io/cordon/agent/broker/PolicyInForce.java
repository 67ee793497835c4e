package io.cordon.agent.broker;

import io.cordon.agent.os.NetworkBoundary;
import io.cordon.policy.baseline.Baseline;
import io.cordon.policy.document.Digest;
import io.cordon.policy.resolve.Resolution;
import io.cordon.policy.resolve.ResolvedPolicy;
import java.util.List;

/**
 * The one policy that every decision of this moment uses. Swapped as a whole by whoever verified and resolved it; a run keeps
 * the one it was decided by. Starts with the strictest there is, so that nothing is ever decided without a policy (I-2).
 */
public final class PolicyInForce {
    private volatile Held held = new Held(strictest());
    private volatile Runnable listener = () -> {};

    /** A resolution with what is worked out once for it. */
    public static final class Held {
        private final Resolution resolution;
        private final Digest digest;
        private final CompiledPolicy compiled;

        Held(Resolution resolution) {
            this.resolution = resolution;
            this.digest = resolution.policy().digest();
            this.compiled = new CompiledPolicy(resolution.policy());
        }

        public Resolution resolution() {
            return resolution;
        }

        public ResolvedPolicy policy() {
            return resolution.policy();
        }

        public Digest digest() {
            return digest;
        }

        /** The network part, for what has to be in place before a run asks for it. */
        public NetworkBoundary network() {
            return compiled.network();
        }

        CompiledPolicy compiled() {
            return compiled;
        }
    }

    /** Puts the resolution in force for every decision from now on. */
    public void replace(Resolution resolution) {
        held = new Held(resolution);
        listener.run();
    }

    /** Called after every {@link #replace}, on its thread; must not block for long. */
    public void onReplace(Runnable listener) {
        this.listener = listener;
    }

    /** Falls back to the strictest policy. */
    public void replaceWithStrictest() {
        replace(strictest());
    }

    public Held current() {
        return held;
    }

    private static Resolution strictest() {
        return new Resolution(
                Baseline.strictest(),
                List.of(),
                List.of("no verified policy: the built-in strictest one is in force, which denies every command"),
                List.of());
    }
}
