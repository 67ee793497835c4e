package io.cordon.agent.adapters.hook;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that Gemini CLI's {@code web_fetch} gets: they stand in what the model is to do with them. Gemini CLI (0.61) takes each
 * word of the prompt that has {@code ://} in it for one, as browsers read them: also {@code https:host/} without slashes, and with quotes
 * before an {@code @}. Its provider may find more of them within words. What browsers and this reader would read differently is refused.
 */
final class GeminiUrls {
    private static final int MOST = 100;
    private static final int LONGEST = 2048;
    /** JavaScript's white space. */
    private static final Pattern BLANKS =
            Pattern.compile("[\\s\\x0B\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff]+");

    private static final Pattern WHOLE = Pattern.compile("https?://.+", Pattern.CASE_INSENSITIVE);
    private static final Pattern SCHEME = Pattern.compile("[\\x00-\\x20]*https?:", Pattern.CASE_INSENSITIVE);
    private static final Pattern WITHIN = Pattern.compile("https?://[^\"'<>`]+", Pattern.CASE_INSENSITIVE);

    private final Set<String> found = new LinkedHashSet<>();

    List<String> found() {
        return new ArrayList<>(found);
    }

    /** False when it is none that can be told. */
    boolean add(String url) {
        if (!WHOLE.matcher(url).matches() || url.length() > LONGEST || found.size() >= MOST) {
            return false;
        }
        found.add(url);
        String lower = url.toLowerCase(Locale.ROOT);
        if (lower.contains("github.com") && lower.contains("/blob/")) {
            // Such a page is got from there instead.
            found.add("https://raw.githubusercontent.com/");
        }
        return true;
    }

    /** The same for all of a prompt. */
    boolean addFrom(@Nullable String prompt) {
        for (String word : BLANKS.split(prompt == null ? "" : prompt)) {
            if (word.contains("://") && !addWord(word)) {
                return false;
            }
        }
        return true;
    }

    private boolean addWord(String word) {
        if (SCHEME.matcher(word).lookingAt()) {
            return add(word);
        }
        Matcher url = WITHIN.matcher(word);
        while (url.find()) {
            if (!add(url.group())) {
                return false;
            }
        }
        return true;
    }
}
