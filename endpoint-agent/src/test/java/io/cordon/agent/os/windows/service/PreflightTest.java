package io.cordon.agent.os.windows.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.os.windows.Sid;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pitfalls that can be seen before anything is changed. */
class PreflightTest {
    private static final Sid ACCOUNT = Sid.parse("S-1-5-21-1-2-3-1001");
    private static final PreflightFacts WELL = facts(1, 22631, Preflight.SERVICES, 0, Set.of(ACCOUNT), Set.of());

    private static PreflightFacts facts(
            int product, int build, Set<String> services, int lockout, Set<Sid> allowed, Set<Sid> denied) {
        return new PreflightFacts(
                product,
                build,
                services,
                lockout,
                allowed,
                denied,
                Optional.of(Set.of(ACCOUNT)),
                List.of(),
                List.of(),
                false,
                List.of());
    }

    private static String refusal(PreflightFacts facts) {
        List<Finding> refused = Preflight.judge(facts).stream()
                .filter(each -> each.weight() == Finding.Weight.REFUSED)
                .toList();
        assertEquals(1, refused.size(), refused.toString());
        return refused.get(0).line();
    }

    @Test
    void anOrdinaryWorkstationIsFine() {
        List<Finding> findings = Preflight.judge(WELL);
        assertFalse(Preflight.refused(findings));
        assertTrue(findings.stream().allMatch(each -> each.weight() == Finding.Weight.OK), findings.toString());
    }

    @Test
    void domainControllersAreRefused() {
        assertTrue(refusal(facts(2, 20348, Preflight.SERVICES, 0, Set.of(ACCOUNT), Set.of()))
                .contains("a domain controller"));
    }

    @Test
    void anUnknownProductIsRefused() {
        assertTrue(refusal(facts(0, 20348, Preflight.SERVICES, 0, Set.of(ACCOUNT), Set.of()))
                .contains("expected: 1 workstation or 3 server"));
    }

    @Test
    void anOldBuildIsRefused() {
        assertTrue(refusal(facts(1, 17134, Preflight.SERVICES, 0, Set.of(ACCOUNT), Set.of()))
                .contains("Update Windows"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"BFE", "MpsSvc"})
    void aStoppedFirewallServiceIsRefusedWithHowToStartIt(String missing) {
        Set<String> others = Set.of(missing.equals("BFE") ? "MpsSvc" : "BFE");
        assertTrue(
                refusal(facts(1, 22631, others, 0, Set.of(ACCOUNT), Set.of())).contains("sc start " + missing));
    }

    @ParameterizedTest
    @ValueSource(strings = {"S-1-5-21-1-2-3-1001", "S-1-1-0", "S-1-5-32-545", "S-1-5-113", "S-1-5-11", "S-1-5-3"})
    void pitfall8aDeniedLogonRightIsSeenWhomeverItNames(String sid) {
        assertTrue(refusal(facts(1, 22631, Preflight.SERVICES, 0, Set.of(ACCOUNT), Set.of(Sid.parse(sid))))
                .contains("error 1385"));
    }

    @Test
    void aDenialOfSomebodyElseIsNoMatter() {
        assertFalse(Preflight.refused(Preflight.judge(
                facts(1, 22631, Preflight.SERVICES, 0, Set.of(ACCOUNT), Set.of(Sid.parse("S-1-5-32-546"))))));
    }

    @Test
    void pitfall8aRightThatAPolicyTookAwayIsSeen() {
        assertTrue(refusal(facts(1, 22631, Preflight.SERVICES, 0, Set.of(Sid.ADMINISTRATORS), Set.of()))
                .contains("add CordonSandboxUsers to it"));
    }

    @Test
    void pitfall9aTightLockoutIsSaid() {
        List<Finding> findings = Preflight.judge(facts(1, 22631, Preflight.SERVICES, 2, Set.of(ACCOUNT), Set.of()));
        assertTrue(findings.stream()
                .anyMatch(each ->
                        each.weight() == Finding.Weight.NOTICE && each.text().contains("after 2 failed logons")));
    }

    @Test
    void pitfall14ApplicationControlIsSaidWithWhatItDoesToPowerShell() {
        PreflightFacts controlled = new PreflightFacts(
                1,
                22631,
                Preflight.SERVICES,
                0,
                Set.of(ACCOUNT),
                Set.of(),
                Optional.of(Set.of(ACCOUNT)),
                List.of(),
                List.of("AppLocker Script"),
                false,
                List.of());
        List<Finding> findings = Preflight.judge(controlled);
        assertFalse(Preflight.refused(findings));
        Finding said = findings.stream()
                .filter(each -> each.weight() == Finding.Weight.NOTICE)
                .findFirst()
                .orElseThrow();
        assertEquals("application control", said.subject());
        assertTrue(said.text().startsWith("AppLocker Script"), said.text());
        assertTrue(said.text().contains("constrained language mode"), said.text());
    }

    @Test
    void otherProductsApplicationControlAndPitfall29WslAreSaidButNoReason() {
        PreflightFacts facts = new PreflightFacts(
                1,
                22631,
                Preflight.SERVICES,
                0,
                Set.of(ACCOUNT),
                Set.of(),
                Optional.of(Set.of(ACCOUNT)),
                List.of("CodexSandboxOffline"),
                List.of("AppLocker Exe"),
                true,
                List.of("which services run: error 5"));
        List<Finding> findings = Preflight.judge(facts);
        assertFalse(Preflight.refused(findings));
        for (String word : List.of("CodexSandboxOffline", "constrained language", "wsl.exe", "error 5")) {
            assertTrue(
                    findings.stream()
                            .anyMatch(each -> each.weight() == Finding.Weight.NOTICE
                                    && each.text().contains(word)),
                    word);
        }
    }
}
