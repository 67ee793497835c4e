package io.cordon.agent.os.windows.fence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.os.NetworkBoundary;
import io.cordon.agent.os.NetworkPlan;
import io.cordon.agent.os.windows.SandboxAccount;
import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.fence.PacketOracle.Elsewhere;
import io.cordon.agent.os.windows.fence.PacketOracle.Packet;
import io.cordon.agent.os.windows.fence.PacketOracle.Step;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The plan against the oracle: what is granted passes, and nothing else does. */
class FencedPacketsTest {
    private static final List<Sid> GROUPS =
            List.of(Sid.EVERYONE, Sid.USERS, Sid.AUTHENTICATED_USERS, Sid.parse("S-1-5-12"), Sid.parse("S-1-5-33"));

    @Provide
    Arbitrary<NetworkBoundary> boundaries() {
        return Combinators.combine(
                        Arbitraries.of(true, true, true, false),
                        Arbitraries.of(NetworkBoundary.Mode.class),
                        Arbitraries.integers().between(1, 6).list().ofMaxSize(4))
                .as(NetworkBoundary::new);
    }

    @Provide
    Arbitrary<Optional<Endpoint>> proxies() {
        return Arbitraries.of(
                Optional.empty(),
                Optional.of(new Endpoint(IpAddress.LOOPBACK_V4, 3)),
                Optional.of(new Endpoint(IpAddress.LOOPBACK_V6, 7)),
                FenceFixtures.PROXY);
    }

    /** Few values, so that they meet. */
    @Provide
    Arbitrary<IpAddress> addresses() {
        return Arbitraries.of(
                IpAddress.LOOPBACK_V4,
                IpAddress.LOOPBACK_V6,
                IpAddress.LOOPBACK_V4.mapped(),
                IpAddress.v4(127, 0, 0, 2),
                IpAddress.v4(10, 1, 2, 3),
                IpAddress.v4(10, 1, 2, 3).mapped(),
                IpAddress.v4(8, 8, 8, 8),
                IpAddress.parse("2001:db8::1"),
                IpAddress.parse("fe80::1"),
                IpAddress.parse("ff02::fb"));
    }

    @Provide
    Arbitrary<Integer> ports() {
        return Arbitraries.of(0, 1, 2, 3, 4, 5, 6, 7, 53, 445, 18080, 65535);
    }

    @Provide
    Arbitrary<Integer> protocols() {
        return Arbitraries.of(1, 6, 17, 58, 132, 255);
    }

    /** What the boundary grants, worked out from the answer that runs get and from nothing of the filters. */
    private static boolean granted(SandboxAccount account, FenceGoal goal, Optional<Endpoint> proxy, Packet packet) {
        NetworkPlan.Granted granted = goal.granted(List.of());
        if (account == SandboxAccount.ONLINE) {
            return true;
        }
        boolean inUse = SandboxAccount.of(granted.reach()) == account;
        if (!inUse || packet.protocol() != 6) {
            return false;
        }
        List<IpAddress> local = List.of(IpAddress.LOOPBACK_V4, IpAddress.LOOPBACK_V6, IpAddress.LOOPBACK_V4.mapped());
        boolean port =
                local.contains(packet.remote()) && granted.loopbackPorts().contains(packet.port());
        boolean toProxy = account == SandboxAccount.PROXY
                && proxy.filter(endpoint -> endpoint.port() == packet.port())
                        .filter(endpoint -> packet.remote().equals(endpoint.address())
                                || !endpoint.address().v6()
                                        && packet.remote()
                                                .equals(endpoint.address().mapped()))
                        .isPresent();
        return switch (packet.step()) {
            case CONNECT -> port || toProxy;
            case BIND ->
                account == SandboxAccount.PROXY || !granted.loopbackPorts().isEmpty();
            case LISTEN, ACCEPT -> false;
        };
    }

    @Property(tries = 3000)
    void anAccountReachesExactlyWhatItsRunsAreGranted(
            @ForAll("boundaries") NetworkBoundary boundary,
            @ForAll("proxies") Optional<Endpoint> proxy,
            @ForAll FilterPlanner.Depth depth,
            @ForAll SandboxAccount account,
            @ForAll Step step,
            @ForAll("protocols") int protocol,
            @ForAll("addresses") IpAddress remote,
            @ForAll("ports") int port) {
        Sid sid = FenceFixtures.SIDS.of(account);
        SocketToken token = SocketToken.of(sid).restrictedTo(Set.of(sid, Sid.EVERYONE, Sid.parse("S-1-5-21-7-7-7-7")));
        Packet packet = new Packet(token, step, protocol, remote, port);
        PacketOracle oracle = new PacketOracle(FenceFixtures.plan(boundary, proxy, depth));
        assertEquals(granted(account, FenceGoal.of(boundary, proxy), proxy, packet), oracle.permitted(packet));
    }

    @Property
    void otherUsersAreLeftAlone(
            @ForAll("boundaries") NetworkBoundary boundary,
            @ForAll("proxies") Optional<Endpoint> proxy,
            @ForAll FilterPlanner.Depth depth,
            @ForAll Step step,
            @ForAll Elsewhere elsewhere,
            @ForAll("protocols") int protocol,
            @ForAll("addresses") IpAddress remote,
            @ForAll("ports") int port) {
        SocketToken developer = SocketToken.of(FenceFixtures.DEVELOPER);
        List<SocketToken> others = List.of(
                developer,
                SocketToken.of(Sid.LOCAL_SYSTEM),
                developer.restrictedTo(Set.of(Sid.EVERYONE, FenceFixtures.DEVELOPER)),
                developer.stripped(Set.of(FenceFixtures.DEVELOPER)),
                developer.inAppContainer(Set.of(Sid.parse("S-1-15-2-1"), Sid.parse("S-1-15-2-99"))),
                developer.inAppContainer(Set.of(Sid.parse("S-1-15-2-2"), Sid.parse("S-1-15-2-98"))),
                new SocketToken(Set.of(Sid.parse("S-1-5-7")), Set.of(), Set.of(), Set.of()));
        PacketOracle oracle = new PacketOracle(FenceFixtures.plan(boundary, proxy, depth));
        for (SocketToken token : others) {
            assertEquals(
                    elsewhere != Elsewhere.BLOCK,
                    oracle.permitted(new Packet(token, step, protocol, remote, port), elsewhere),
                    token.toString());
        }
    }

    /** The one thing that filters on the accounts cannot do; the reason for the deeper plan. */
    @Property
    void aStrippedTokenGetsPastFiltersOnTheAccountAlone(@ForAll("addresses") IpAddress remote) {
        Sid sid = FenceFixtures.SIDS.of(SandboxAccount.OFFLINE);
        Packet packet = new Packet(SocketToken.of(sid).stripped(Set.of(sid)), Step.CONNECT, 6, remote, 443);
        NetworkBoundary boundary = FenceFixtures.boundary(NetworkBoundary.Mode.OFFLINE);
        assertTrue(new PacketOracle(FenceFixtures.plan(boundary, Optional.empty(), FilterPlanner.Depth.ACCOUNTS))
                .permitted(packet));
    }

    /** Why a run without network must not fall back to a token that lacks its account among the restricting SIDs (pitfall 11). */
    @Property
    void aTokenRestrictedWithoutTheAccountGetsPastFiltersOnTheAccountAlone(@ForAll("addresses") IpAddress remote) {
        Sid sid = FenceFixtures.SIDS.of(SandboxAccount.OFFLINE);
        SocketToken token = SocketToken.of(sid).restrictedTo(Set.of(Sid.EVERYONE, Sid.parse("S-1-5-5-0-1234")));
        Packet packet = new Packet(token, Step.CONNECT, 6, remote, 443);
        NetworkBoundary boundary = FenceFixtures.boundary(NetworkBoundary.Mode.OFFLINE);
        assertTrue(new PacketOracle(FenceFixtures.plan(boundary, Optional.empty(), FilterPlanner.Depth.ACCOUNTS))
                .permitted(packet));
        assertFalse(new PacketOracle(FenceFixtures.plan(boundary, Optional.empty(), FilterPlanner.Depth.DERIVED_TOKENS))
                .permitted(packet));
    }

    @Property(tries = 2000)
    void noTokenThatAFencedProcessMakesGetsPastTheDeeperPlan(
            @ForAll("boundaries") NetworkBoundary boundary,
            @ForAll Step step,
            @ForAll("addresses") IpAddress remote,
            @ForAll boolean account,
            @ForAll Set<Integer> strippedGroups,
            @ForAll Set<Integer> restrictedGroups,
            @ForAll boolean inAppContainer) {
        Sid sid = account ? FenceFixtures.SIDS.of(SandboxAccount.OFFLINE) : FenceFixtures.SIDS.of(SandboxAccount.PROXY);
        SocketToken token = SocketToken.of(sid)
                .stripped(picked(strippedGroups, sid))
                .restrictedTo(picked(restrictedGroups, sid))
                .inAppContainer(inAppContainer ? Set.of(Sid.parse("S-1-15-2-1")) : Set.of());
        PacketOracle oracle =
                new PacketOracle(FenceFixtures.plan(boundary, Optional.empty(), FilterPlanner.Depth.DERIVED_TOKENS));
        // A TCP port may be taken where something may be connected to.
        int protocol = step == Step.BIND ? 17 : 6;
        assertFalse(oracle.permitted(new Packet(token, step, protocol, remote, 443), Elsewhere.PERMIT));
    }

    private static Set<Sid> picked(Set<Integer> numbers, Sid user) {
        return numbers.stream()
                .map(number -> Math.floorMod(number, GROUPS.size() + 1))
                .map(index -> index == GROUPS.size() ? user : GROUPS.get(index))
                .collect(java.util.stream.Collectors.toUnmodifiableSet());
    }

    @Property
    void anAppContainerOfTheAccountIsTheAccount(
            @ForAll("boundaries") NetworkBoundary boundary, @ForAll("addresses") IpAddress remote) {
        Sid sid = FenceFixtures.SIDS.of(SandboxAccount.OFFLINE);
        for (String packages : List.of("S-1-15-2-1", "S-1-15-2-2")) {
            SocketToken token =
                    SocketToken.of(sid).inAppContainer(Set.of(Sid.parse(packages), Sid.parse("S-1-15-3-1")));
            assertFalse(new PacketOracle(FenceFixtures.plan(boundary, Optional.empty(), FilterPlanner.Depth.ACCOUNTS))
                    .permitted(new Packet(token, Step.CONNECT, 6, remote, 443), Elsewhere.PERMIT));
        }
    }

    @Property
    void anotherProductsPermitCannotOverruleABlockAndItsBlockStands(
            @ForAll("boundaries") NetworkBoundary boundary, @ForAll("ports") int port) {
        FilterPlan plan = FenceFixtures.plan(boundary, FenceFixtures.PROXY, FilterPlanner.Depth.ACCOUNTS);
        for (SandboxAccount account : FilterPlanner.FENCED) {
            Packet packet = new Packet(
                    SocketToken.of(FenceFixtures.SIDS.of(account)), Step.CONNECT, 6, IpAddress.LOOPBACK_V4, port);
            PacketOracle oracle = new PacketOracle(plan);
            assertEquals(oracle.permitted(packet), oracle.permitted(packet, Elsewhere.PERMIT));
            assertFalse(oracle.permitted(packet, Elsewhere.BLOCK));
        }
    }
}
