package io.cordon.agent.adapters.hook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Gemini CLI fetches: one address, or those in what the model is to do with them. */
final class GeminiAddresses {
    private static final Pattern URL = Pattern.compile("https?://[^\\s\"'<>`]{1,2048}", Pattern.CASE_INSENSITIVE);
    private static final Pattern BETWEEN = Pattern.compile("[" + Blanks.CLASS + "]+");
    /** How a word begins that is an address as a whole (WHATWG URL), whatever else seems to be one within it. */
    private static final Pattern WHOLE = Pattern.compile("[\\x00-\\x20]*+https?:", Pattern.CASE_INSENSITIVE);

    private static final int MOST = 100;

    private GeminiAddresses() {}

    static ToolUse fetch(String name, JsonNode input) {
        String url = HookInput.text(input, "url");
        String prompt = HookInput.text(input, "prompt");
        Set<String> found = new LinkedHashSet<>();
        if (url != null && !url.isEmpty()) {
            found.add(url);
        }
        if (prompt != null) {
            Matcher within = URL.matcher(prompt);
            while (found.size() <= MOST && within.find()) {
                found.add(within.group());
            }
            for (String word : BETWEEN.split(prompt)) {
                if (found.size() <= MOST
                        && word.contains("://")
                        && WHOLE.matcher(word).lookingAt()) {
                    found.add(word);
                }
            }
        }
        if (found.size() > MOST) {
            return new ToolUse.Unreadable(name, "more than " + MOST + " addresses");
        }
        return found.isEmpty()
                ? new ToolUse.Unreadable(name, "no address that begins with http:// or https://")
                : new ToolUse.Fetch(name, List.copyOf(found));
    }
}
