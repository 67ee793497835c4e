package io.cordon.agent.telemetry;

import io.cordon.policy.model.ArgumentCapture;
import io.cordon.policy.model.RedactionPattern;
import io.cordon.policy.model.Telemetry;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Takes out of a command what the policy does not let be stored. What is taken out is replaced by a keyed hash of it, so that
 * equal values can be seen to be equal, on this endpoint, without being known. Made once for each policy.
 */
public final class Redactor {
    static final int MAX_ARGUMENT = 4096;
    static final int MAX_TOTAL = 64 << 10;

    /** What a secret is called, with what may follow within the same name. */
    private static final String NAMED =
            "(?i)(?:password|passwd|passphrase|secret|token|api[-_]?key|access[-_]?key|account[-_]?key|credential)"
                    + "[A-Za-z0-9_-]{0,32}";

    /** Secrets that have a form of their own; where there is a group, the group is the secret. */
    private static final List<Pattern> BUILT_IN = Stream.of(
                    "\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b",
                    "\\bgh[pousr]_[A-Za-z0-9]{20,255}\\b",
                    "\\bgithub_pat_[A-Za-z0-9_]{20,255}\\b",
                    "\\bglpat-[A-Za-z0-9_-]{16,255}",
                    "\\bnpm_[A-Za-z0-9]{30,64}\\b",
                    "\\bxox[abeoprs]-[A-Za-z0-9-]{10,255}",
                    "\\bsk-[A-Za-z0-9_-]{16,255}",
                    "\\bAIza[0-9A-Za-z_-]{35}",
                    "\\bya29\\.[0-9A-Za-z_-]{20,512}",
                    "\\b(?:sk|rk|pk)_(?:live|test)_[0-9A-Za-z]{16,255}",
                    "\\bSG\\.[A-Za-z0-9_-]{16,64}\\.[A-Za-z0-9_-]{16,64}",
                    "\\bpypi-[A-Za-z0-9_-]{16,512}",
                    "\\bhf_[A-Za-z0-9]{20,64}",
                    "\\bdckr_pat_[A-Za-z0-9_-]{16,64}",
                    "\\bdop_v1_[a-f0-9]{32,64}",
                    "hooks\\.slack\\.com/services/([A-Za-z0-9/]{16,128})",
                    "(?i)[?&](?:sig|signature|code|key)=([^&\\s\"']{8,512})",
                    "(?i)\\b(?:set-)?cookie:\\s*([^\\r\\n\"']{4,4096})",
                    "\\beyJ[A-Za-z0-9_-]{8,4096}\\.[A-Za-z0-9_-]{8,4096}\\.[A-Za-z0-9_-]{0,4096}",
                    "-----BEGIN [A-Z ]{0,32}PRIVATE KEY-----[\\s\\S]*",
                    "(?i)\\b(?:bearer|basic)\\s+([A-Za-z0-9._~+/=-]{8,})",
                    "://[^/\\s:@]{0,256}:([^/\\s@]{1,256})@",
                    // quoted: whatever there is up to the quote's end, in a shell, in JSON, and in JSON within JSON
                    NAMED + "[\"']?\\s{0,8}[=:]\\s{0,8}\"([^\"\\\\]{0,4096}+(?:\\\\[\\s\\S][^\"\\\\]{0,4096}+){0,64}+)",
                    NAMED + "[\"']?\\s{0,8}[=:]\\s{0,8}'([^']{1,4096})",
                    NAMED + "\\\\{0,8}[\"']?\\s{0,8}[=:]\\s{0,8}\\\\{1,8}\"([^\"\\\\]{1,4096})",
                    // also within JSON that is itself text in JSON, where quotes have backslashes before them
                    NAMED + "\\\\{0,8}[\"']?\\s{0,8}[=:]\\s{0,8}\\\\{0,8}[\"']?([^\\s\"'&\\\\]{1,4096})")
            .map(Pattern::compile)
            .toList();

    /** Options whose value is the next argument. */
    private static final Pattern SECRET_OPTION =
            Pattern.compile("(?i)--?[a-z0-9-]*(?:password|passwd|passphrase|secret|token|api-?key|credential)s?");

    private final ArgumentCapture capture;
    private final List<Pattern> patterns;
    private final SecretKeySpec key;

    /** What may be stored of a command. */
    public record Arguments(List<String> values, boolean truncated) {
        public Arguments {
            values = List.copyOf(values);
        }
    }

    public Redactor(Telemetry policy, byte[] key) {
        this.capture = policy.arguments();
        this.patterns = Stream.concat(policy.redact().stream().map(RedactionPattern::pattern), BUILT_IN.stream())
                .toList();
        this.key = new SecretKeySpec(key, "HmacSHA256");
    }

    /** The command and its arguments as they may be stored. */
    public Arguments arguments(List<String> argv) {
        List<String> kept = new ArrayList<>();
        boolean truncated = false;
        int total = 0;
        boolean secretNext = false;
        for (int i = 0; i < argv.size(); i++) {
            String stored = argument(i, argv.get(i), secretNext);
            secretNext = SECRET_OPTION.matcher(argv.get(i)).matches();
            if (stored.length() > MAX_ARGUMENT) {
                stored = stored.substring(0, MAX_ARGUMENT);
                truncated = true;
            }
            total += stored.length();
            if (total > MAX_TOTAL) {
                return new Arguments(kept, true);
            }
            kept.add(stored);
            if (capture == ArgumentCapture.NONE) {
                break;
            }
        }
        return new Arguments(kept, truncated);
    }

    private String argument(int index, String argument, boolean secret) {
        return switch (capture) {
            case FULL -> argument;
            case REDACTED -> secret ? hidden(argument) : text(argument);
            case HASHED -> index == 0 ? text(argument) : "hmac:" + hash(argument, 16);
            case NONE -> text(argument);
        };
    }

    /** Any other text about the run: the directory, the stated reason. */
    public String text(String text) {
        if (capture == ArgumentCapture.FULL) {
            return text;
        }
        // Looked at only as far as it could be kept: patterns are linear, but not free.
        String result = text.length() > 2 * MAX_ARGUMENT ? text.substring(0, 2 * MAX_ARGUMENT) : text;
        for (Pattern pattern : patterns) {
            result = replace(pattern, result);
        }
        return RandomText.replace(result, this::hidden);
    }

    /**
     * Words of people and models, arguments and outputs, as far as they may be stored; empty when not at all. Content is kept
     * to the same measure as the arguments of commands.
     */
    public Optional<String> content(String text) {
        return switch (capture) {
            case FULL -> Optional.of(text.length() > MAX_TOTAL ? text.substring(0, MAX_TOTAL) : text);
            case REDACTED -> Optional.of(text(text));
            case HASHED -> Optional.of("hmac:" + hash(text, 16));
            case NONE -> Optional.empty();
        };
    }

    private String replace(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        StringBuilder out = null;
        int copied = 0;
        while (matcher.find()) {
            int group = matcher.groupCount() > 0 && matcher.start(1) >= 0 ? 1 : 0;
            if (matcher.end(group) == matcher.start(group)
                    || matcher.group(group).startsWith("[redacted:")) {
                continue;
            }
            out = out == null ? new StringBuilder() : out;
            out.append(text, copied, matcher.start(group)).append(hidden(matcher.group(group)));
            copied = matcher.end(group);
        }
        return out == null ? text : out.append(text, copied, text.length()).toString();
    }

    private String hidden(String value) {
        return "[redacted:" + hash(value, 8) + "]";
    }

    private String hash(String value, int digits) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return HexFormat.of()
                    .formatHex(mac.doFinal(value.getBytes(StandardCharsets.UTF_8)))
                    .substring(0, digits)
                    .toLowerCase(Locale.ROOT);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no HmacSHA256", e);
        }
    }
}
