package io.cordon.policy.document;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What somebody probably meant to write. */
final class Suggestion {

    private Suggestion() {}

    /** The candidate that is near enough to be a slip of the fingers, or null. */
    static @Nullable String nearest(String written, List<String> candidates) {
        String best = null;
        int bestDistance = Math.max(1, Math.min(3, written.length() / 2)) + 1;
        for (String candidate : candidates) {
            int distance = distance(written.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (distance < bestDistance) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return best;
    }

    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replace = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replace, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
