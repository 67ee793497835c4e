package io.cordon.server.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordon.server.TestClient;
import io.cordon.server.TestServer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Sign-in with an identity provider, turned on by configuration alone: the browser's whole way over HTTPS. */
@QuarkusTest
@TestProfile(OidcSignInTest.WithProvider.class)
class OidcSignInTest {

    /** What an administrator sets; the issuer comes from the provider when it listens. */
    public static final class WithProvider implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "cordon.oidc.enabled", "true",
                    "cordon.oidc.client-id", IdentityProvider.CLIENT,
                    "cordon.oidc.client-secret", IdentityProvider.SECRET,
                    "cordon.oidc.roles.analyst", "soc,ir",
                    "cordon.oidc.roles.viewer", "engineering");
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(IdentityProvider.class));
        }
    }

    @Inject
    TestServer server;

    @ConfigProperty(name = "test.oidc.trust-store")
    String trustStore;

    @ConfigProperty(name = "cordon.oidc.issuer")
    String issuer;

    /** One browser: keeps cookies of the server, and goes to the provider where it is sent there. */
    private final class Browser {
        private final Map<String, String> cookies = new LinkedHashMap<>();

        TestClient client() {
            return cookies.isEmpty()
                    ? server.anonymous()
                    : server.anonymous()
                            .with(
                                    "Cookie",
                                    cookies.entrySet().stream()
                                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                                            .collect(Collectors.joining("; ")));
        }

        TestClient.Answer get(String path) {
            TestClient.Answer answer = client().get(path);
            for (String header : answer.headers().allValues("Set-Cookie")) {
                String[] pair = header.split(";", 2)[0].split("=", 2);
                if (pair[1].isEmpty()
                        || header.toLowerCase(java.util.Locale.ROOT).contains("max-age=0")) {
                    cookies.remove(pair[0]);
                } else {
                    cookies.put(pair[0], pair[1]);
                }
            }
            return answer;
        }

        /** Follows every redirect until the server answers with something else than one, or sends the browser home. */
        TestClient.Answer signIn(String asPerson) throws Exception {
            TestClient.Answer answer = get(loginUrl());
            for (int hops = 0;
                    hops < 6
                            && answer.status() / 100 == 3
                            && !answer.header("Location").equals(home());
                    hops++) {
                URI next = server.url().resolve(answer.header("Location"));
                if (next.toString().startsWith(issuer)) {
                    next = atProvider(URI.create(next + "&" + asPerson));
                }
                assertTrue(next.toString().startsWith(server.url().toString()), next.toString());
                answer = get(next.toString().substring(server.url().toString().length()));
            }
            return answer;
        }
    }

    private String home() {
        return server.url() + "/";
    }

    private String loginUrl() {
        JsonNode options = server.anonymous().get("/admin/v1/session/options").json();
        assertTrue(options.at("/oidc/enabled").asBoolean());
        return options.at("/oidc/loginUrl").asText();
    }

    /** The person at the provider's own page; gives where the provider sends the browser. */
    private URI atProvider(URI page) throws IOException, InterruptedException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(Path.of(trustStore))) {
            trusted.load(in, "changeit".toCharArray());
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        HttpResponse<Void> answer = HttpClient.newBuilder()
                .sslContext(context)
                .build()
                .send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.discarding());
        assertEquals(302, answer.statusCode(), page.toString());
        return URI.create(answer.headers().firstValue("Location").orElseThrow());
    }

    @Test
    void givesTheRoleThatTheClaimMapsTo() throws Exception {
        Browser browser = new Browser();
        TestClient.Answer home = browser.signIn("person=alice&groups=staff,ir");
        assertEquals(303, home.status(), home.text());
        JsonNode session = browser.get("/admin/v1/session").json();
        assertEquals("alice", session.get("user").asText());
        assertEquals("[\"analyst\"]", session.get("roles").toString());
        assertEquals(200, browser.get("/admin/v1/audit").status());
        assertEquals(
                "access.forbidden", browser.get("/admin/v1/enrollment-tokens").code());
        assertEquals(List.of(SessionCookie.NAME), List.copyOf(browser.cookies.keySet()));
    }

    @Test
    void givesEveryRoleThatIsMapped() throws Exception {
        Browser browser = new Browser();
        browser.signIn("person=bob&groups=engineering,soc");
        assertEquals(
                "[\"analyst\",\"viewer\"]",
                browser.get("/admin/v1/session").json().get("roles").toString());
    }

    @Test
    void givesNothingForAClaimThatIsNotMapped() throws Exception {
        Browser browser = new Browser();
        TestClient.Answer answer = browser.signIn("person=carol&groups=guests,administrator");
        assertEquals(403, answer.status(), answer.text());
        assertEquals("access.oidc-no-role", answer.code());
        assertFalse(browser.cookies.containsKey(SessionCookie.NAME), browser.cookies.toString());
        assertEquals("access.not-signed-in", browser.get("/admin/v1/session").code());
    }

    @Test
    void refusesATokenThatTheProviderDidNotSign() throws Exception {
        Browser browser = new Browser();
        TestClient.Answer answer = browser.signIn("person=mallory&groups=soc&forged=true");
        assertEquals(401, answer.status(), answer.text());
        assertFalse(browser.cookies.containsKey(SessionCookie.NAME), browser.cookies.toString());
        assertEquals("access.not-signed-in", browser.get("/admin/v1/session").code());
    }

    @Test
    void refusesAnAnswerOfTheProviderThatThisBrowserDidNotAskFor() throws Exception {
        Browser victim = new Browser();
        String state = IdentityProvider.form(
                        URI.create(new Browser().get(loginUrl()).header("Location"))
                                .getRawQuery())
                .get("state");
        TestClient.Answer answer = victim.get(loginUrl() + "?code=stolen&state=" + state);
        assertTrue(answer.status() == 401 || answer.header("Location").startsWith(issuer), answer.status() + "");
        assertFalse(victim.cookies.containsKey(SessionCookie.NAME));
    }

    @Test
    void asksForTheAntiForgeryHeaderLikeAnyOtherSession() throws Exception {
        Browser browser = new Browser();
        browser.signIn("person=dave&groups=soc");
        TestClient client = browser.client();
        String token = client.get("/admin/v1/session").json().get("csrfToken").asText();
        assertEquals("access.csrf", client.delete("/admin/v1/session").code());
        assertEquals(
                204,
                client.with(SessionCookie.CSRF_HEADER, token)
                        .delete("/admin/v1/session")
                        .status());
        assertEquals("access.not-signed-in", client.get("/admin/v1/session").code());
    }
}
