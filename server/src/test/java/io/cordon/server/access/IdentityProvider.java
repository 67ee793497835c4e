package io.cordon.server.access;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.cordon.server.enrollment.CertificateAuthority;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A small OpenID Connect provider over HTTPS: discovery, keys, authorization with PKCE, tokens. Whoever calls the authorization
 * address says who signs in ({@code person}, {@code groups}), and whether the id token is signed with a key that is not published
 * ({@code forged}). The server under test trusts its certificate as any other: through the trust store of the JVM.
 */
public final class IdentityProvider implements QuarkusTestResourceLifecycleManager {

    static final String CLIENT = "cordon-test";
    static final String SECRET = "a client secret of more than 32 characters";
    private static final String TRUST_STORE = "javax.net.ssl.trustStore";
    private static final String TRUST_STORE_PASSWORD = "javax.net.ssl.trustStorePassword";
    private static final String PASSWORD = "changeit";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    private final KeyPair published = rsa();
    private final KeyPair unpublished = rsa();
    private @Nullable HttpsServer server;
    private @Nullable Path trustStore;
    private String issuer = "";

    @Override
    public Map<String, String> start() {
        try {
            CertificateAuthority authority = CertificateAuthority.create(Instant.now());
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(context(authority)));
            server.createContext("/", this::handle);
            server.start();
            issuer = "https://localhost:" + server.getAddress().getPort();
            trustStore = Files.createTempFile("identity-provider-", ".p12");
            KeyStore trusted = empty();
            trusted.setCertificateEntry("authority", authority.certificate());
            try (OutputStream out = Files.newOutputStream(trustStore)) {
                trusted.store(out, PASSWORD.toCharArray());
            }
            System.setProperty(TRUST_STORE, trustStore.toString());
            System.setProperty(TRUST_STORE_PASSWORD, PASSWORD);
            return Map.of("cordon.oidc.issuer", issuer, "test.oidc.trust-store", trustStore.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void stop() {
        System.clearProperty(TRUST_STORE);
        System.clearProperty(TRUST_STORE_PASSWORD);
        if (server != null) {
            server.stop(0);
        }
        try {
            if (trustStore != null) {
                Files.deleteIfExists(trustStore);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static SSLContext context(CertificateAuthority authority) throws GeneralSecurityException, IOException {
        KeyPair pair = CertificateAuthority.newKeyPair();
        X509Certificate certificate = authority.issueServer(
                pair.getPublic(), List.of("localhost"), List.of("127.0.0.1"), Instant.now(), Duration.ofDays(1));
        KeyStore keys = empty();
        keys.setKeyEntry("server", pair.getPrivate(), PASSWORD.toCharArray(), new Certificate[] {certificate});
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    private static KeyPair rsa() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            switch (exchange.getRequestURI().getPath()) {
                case "/.well-known/openid-configuration" -> reply(exchange, 200, discovery());
                case "/keys" -> reply(exchange, 200, keys());
                case "/authorize" ->
                    authorize(exchange, form(exchange.getRequestURI().getRawQuery()));
                case "/token" ->
                    token(
                            exchange,
                            form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII)));
                default -> reply(exchange, 404, Map.of());
            }
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private Map<String, Object> discovery() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("issuer", issuer);
        body.put("authorization_endpoint", issuer + "/authorize");
        body.put("token_endpoint", issuer + "/token");
        body.put("jwks_uri", issuer + "/keys");
        body.put("response_types_supported", List.of("code"));
        body.put("subject_types_supported", List.of("public"));
        body.put("id_token_signing_alg_values_supported", List.of("RS256"));
        return body;
    }

    private Map<String, Object> keys() {
        RSAPublicKey key = (RSAPublicKey) published.getPublic();
        return Map.of(
                "keys",
                List.of(Map.of(
                        "kty", "RSA",
                        "use", "sig",
                        "alg", "RS256",
                        "kid", "one",
                        "n", base64(unsigned(key.getModulus().toByteArray())),
                        "e", base64(unsigned(key.getPublicExponent().toByteArray())))));
    }

    private void authorize(HttpExchange exchange, Map<String, String> query) throws IOException {
        boolean complete = "code".equals(query.get("response_type"))
                && CLIENT.equals(query.get("client_id"))
                && "S256".equals(query.get("code_challenge_method"))
                && List.of(query.getOrDefault("scope", "").split(" ")).contains("openid")
                && query.containsKey("person");
        if (!complete) {
            reply(exchange, 400, Map.of("error", "invalid_request"));
            return;
        }
        String code = UUID.randomUUID().toString();
        codes.put(code, query);
        exchange.getResponseHeaders()
                .set(
                        "Location",
                        query.get("redirect_uri") + "?code=" + code + "&state="
                                + URLEncoder.encode(query.getOrDefault("state", ""), StandardCharsets.UTF_8));
        exchange.sendResponseHeaders(302, -1);
    }

    private void token(HttpExchange exchange, Map<String, String> form) throws IOException, GeneralSecurityException {
        Map<String, String> asked = codes.remove(form.getOrDefault("code", ""));
        String challenge = base64(MessageDigest.getInstance("SHA-256")
                .digest(form.getOrDefault("code_verifier", "").getBytes(StandardCharsets.US_ASCII)));
        boolean good = asked != null
                && isCordon(exchange.getRequestHeaders().getFirst("Authorization"))
                && "authorization_code".equals(form.get("grant_type"))
                && challenge.equals(asked.get("code_challenge"))
                && String.valueOf(asked.get("redirect_uri")).equals(form.get("redirect_uri"));
        if (!good) {
            reply(exchange, 400, Map.of("error", "invalid_grant"));
            return;
        }
        reply(
                exchange,
                200,
                Map.of(
                        "access_token",
                        UUID.randomUUID().toString(),
                        "token_type",
                        "Bearer",
                        "expires_in",
                        300,
                        "id_token",
                        idToken(asked)));
    }

    private static boolean isCordon(@Nullable String authorization) {
        String expected =
                Base64.getEncoder().encodeToString((CLIENT + ":" + SECRET).getBytes(StandardCharsets.US_ASCII));
        return ("Basic " + expected).equals(authorization);
    }

    private String idToken(Map<String, String> asked) throws IOException, GeneralSecurityException {
        long now = Instant.now().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", issuer);
        claims.put("sub", "id-of-" + asked.get("person"));
        claims.put("aud", CLIENT);
        claims.put("iat", now);
        claims.put("exp", now + 300);
        claims.put("preferred_username", asked.get("person"));
        claims.put("groups", List.of(asked.getOrDefault("groups", "").split(",")));
        if (asked.containsKey("nonce")) {
            claims.put("nonce", asked.get("nonce"));
        }
        String text = base64(JSON.writeValueAsBytes(Map.of("alg", "RS256", "typ", "JWT", "kid", "one"))) + "."
                + base64(JSON.writeValueAsBytes(claims));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign((asked.containsKey("forged") ? unpublished : published).getPrivate());
        signature.update(text.getBytes(StandardCharsets.US_ASCII));
        return text + "." + base64(signature.sign());
    }

    private static void reply(HttpExchange exchange, int status, Map<String, ?> body) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    static Map<String, String> form(@Nullable String text) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : text == null ? new String[0] : text.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.put(
                        URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return values;
    }

    private static byte[] unsigned(byte[] number) {
        return number[0] == 0 ? Arrays.copyOfRange(number, 1, number.length) : number;
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
