package io.cordon.agent.adapters.hook;

import com.fasterxml.jackson.databind.JsonNode;
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
    private static final Pattern BLANKS = Pattern.compile("[" + Blanks.CLASS + "]+");

    private static final Pattern WHOLE = Pattern.compile("https?://.+", Pattern.CASE_INSENSITIVE);
    private static final Pattern SCHEME = Pattern.compile("[\\x00-\\x20]*https?:", Pattern.CASE_INSENSITIVE);
    private static final Pattern WITHIN = Pattern.compile("https?://[^\"'<>`]+", Pattern.CASE_INSENSITIVE);

    private final Set<String> found = new LinkedHashSet<>();

    private GeminiUrls() {}

    static ToolUse fetch(String name, JsonNode input) {
        GeminiUrls urls = new GeminiUrls();
        String url = HookInput.text(input, "url");
        boolean read = (url == null || urls.add(url)) && urls.addFrom(HookInput.text(input, "prompt"));
        if (!read) {
            return new ToolUse.Unreadable(name, "an address that is written in an unusual way, or too many of them");
        }
        return urls.found.isEmpty()
                ? new ToolUse.Unreadable(name, "no address that begins with http:// or https://")
                : new ToolUse.Fetch(name, List.copyOf(urls.found));
    }

    /** False when it is none that can be told. */
    private boolean add(String url) {
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
    private boolean addFrom(@Nullable String prompt) {
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
