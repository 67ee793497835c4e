package io.cordon.agent.broker;

import io.cordon.agent.adapters.hook.HookAnswer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a hook is answered, and why.
 *
 * @param verdict null where there was nothing to decide
 * @param word allow, deny or ask: what the answer comes to
 * @param remembered whether it was allowed because the developer had allowed it before
 */
record HookRuling(HookAnswer answer, @Nullable Verdict verdict, String word, boolean remembered) {
    static final HookRuling NOTHING = new HookRuling(new HookAnswer.Nothing(), null, "allow", false);

    static HookRuling none(Verdict verdict) {
        return new HookRuling(new HookAnswer.Nothing(), verdict, "allow", false);
    }

    static HookRuling deny(Verdict verdict, String reason) {
        return new HookRuling(new HookAnswer.Deny(reason), verdict, "deny", false);
    }

    /** The word for records of what became of the command: nothing, replace, allow, ask or deny. */
    String answered() {
        return answer.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }
}
