package io.cordon.policy.trust;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The command line by which the conformance suite of The Update Framework ({@code tuf-conformance}, CLIENT-CLI.md) drives a
 * client: {@code init}, {@code refresh} and {@code download}; exit code 0 or 1. {@code CONFORMANCE_TIME} stands in for the
 * clock, because a JVM cannot be run under {@code faketime}.
 */
final class ConformanceClient {
    private Path metadata = Path.of("metadata");
    private @Nullable Path targets;
    private String metadataUrl = "";
    private String targetsUrl = "";
    private final List<String> names = new ArrayList<>();
    private final List<String> words = new ArrayList<>();

    private ConformanceClient(String[] args) {
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--metadata-dir" -> metadata = Path.of(args[++i]);
                case "--metadata-url" -> metadataUrl = slashed(args[++i]);
                case "--target-name" -> names.add(args[++i]);
                case "--target-base-url" -> targetsUrl = slashed(args[++i]);
                case "--target-dir" -> targets = Path.of(args[++i]);
                default -> words.add(args[i]);
            }
        }
    }

    public static void main(String[] args) throws IOException {
        Optional<String> failure = new ConformanceClient(args).run();
        failure.ifPresent(System.err::println);
        System.exit(failure.isPresent() ? 1 : 0);
    }

    /** What went wrong, if anything did. */
    private Optional<String> run() throws IOException {
        TrustClient client = new TrustClient(new FileTrustStore(metadata), this::fetch, clock(), Limits.standard());
        return switch (words.get(0)) {
            case "init" -> init(client, Path.of(words.get(1)));
            case "refresh" -> refresh(client);
            case "download" -> download(client);
            default -> Optional.of("unknown command " + words);
        };
    }

    private static Optional<String> init(TrustClient client, Path root) throws IOException {
        SeedResult result = client.initialise(Seed.ofRoot(Files.readAllBytes(root)));
        return result instanceof SeedResult.Refused refused
                ? Optional.of(refused.rejection().message())
                : Optional.empty();
    }

    private static Optional<String> refresh(TrustClient client) throws IOException {
        RefreshResult result = client.refresh();
        if (result instanceof RefreshResult.Refused refused) {
            return Optional.of(refused.rejection().message());
        }
        return result instanceof RefreshResult.Unreachable away ? Optional.of(away.why()) : Optional.empty();
    }

    private Optional<String> download(TrustClient client) throws IOException {
        Optional<String> failure = refresh(client);
        for (String name : names) {
            if (failure.isPresent()) {
                return failure;
            }
            DownloadResult result = client.download(name);
            if (result instanceof DownloadResult.Verified verified && targets != null) {
                keep(targets.resolve(URLEncoder.encode(name, StandardCharsets.UTF_8)), verified.bytes());
            } else {
                failure = Optional.of(result.toString());
            }
        }
        return failure;
    }

    /** The suite reads the order of the downloads from the files' times, so a file that is there already is left alone. */
    private static void keep(Path file, byte[] bytes) throws IOException {
        if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), bytes)) {
            Files.write(file, bytes);
        }
    }

    private byte[] fetch(String path, int maxLength) throws FetchException {
        int slash = path.indexOf('/') + 1;
        String url = (path.startsWith("metadata/") ? metadataUrl : targetsUrl)
                + URLEncoder.encode(path.substring(slash), StandardCharsets.UTF_8)
                        .replace("+", "%20")
                        .replace("%2F", "/");
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(url).toURL().openConnection();
            if (connection.getResponseCode() == 404) {
                throw new FetchException.NotFound(path);
            }
            try (InputStream body = connection.getInputStream()) {
                byte[] bytes = body.readNBytes(maxLength + 1);
                if (bytes.length > maxLength) {
                    throw new FetchException.TooLarge(path, maxLength);
                }
                return bytes;
            }
        } catch (FetchException e) {
            throw e;
        } catch (IOException e) {
            throw new FetchException(url + ": " + e.getMessage(), e);
        }
    }

    private static InstantSource clock() {
        String fixed = System.getenv("CONFORMANCE_TIME");
        return fixed == null
                ? InstantSource.system()
                : InstantSource.fixed(LocalDateTime.parse(fixed.substring(0, 19).replace(' ', 'T'))
                        .toInstant(ZoneOffset.UTC));
    }

    private static String slashed(String url) {
        return url.endsWith("/") ? url : url + "/";
    }
}
