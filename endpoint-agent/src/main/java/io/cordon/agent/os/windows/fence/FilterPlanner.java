package io.cordon.agent.os.windows.fence;

import io.cordon.agent.os.windows.SandboxAccount;
import io.cordon.agent.os.windows.accounts.SandboxSids;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Works out the filters of a goal. Each fenced account is blocked at every layer for every protocol, whatever is in use, and the
 * one in use gets a heavier permit for each endpoint. Connecting takes a local port, so where something is permitted the account
 * may also take TCP ports; it still cannot listen on them nor accept.
 */
final class FilterPlanner {
    static final int PERMIT_WEIGHT = 15;
    static final int BLOCK_WEIGHT = 8;
    static final int OTHERS_WEIGHT = 4;
    static final int REST_WEIGHT = 2;

    /** The accounts with a fence; the third is online. */
    static final List<SandboxAccount> FENCED = List.of(SandboxAccount.OFFLINE, SandboxAccount.PROXY);

    private final SandboxSids sids;

    FilterPlanner(SandboxSids sids) {
        this.sids = sids;
    }

    /**
     * How tokens that a fenced process made for itself are caught: one from which its account is struck out is not selected by a
     * filter on the account.
     */
    enum Depth {
        /** Filters on the accounts alone: touches nobody else. */
        ACCOUNTS,
        /** Also lets pass whoever has nothing of the accounts, and blocks the rest. */
        DERIVED_TOKENS
    }

    FilterPlan plan(FenceGoal goal, Depth depth) {
        List<Filter> filters = new ArrayList<>();
        for (SandboxAccount account : FENCED) {
            Condition user = new Condition.User(UserMatch.account(sids.of(account)));
            for (Layer layer : Layer.values()) {
                filters.add(filter(account, "block", layer, "", Filter.Action.BLOCK, BLOCK_WEIGHT, List.of(user)));
            }
            filters.addAll(permits(account, user, goal.permittedTo(account)));
        }
        if (depth == Depth.DERIVED_TOKENS) {
            filters.addAll(derivedTokens());
        }
        return new FilterPlan(FilterPlan.PROVIDER, FilterPlan.SUBLAYER, filters);
    }

    private List<Filter> permits(SandboxAccount account, Condition user, List<Endpoint> endpoints) {
        List<Filter> filters = new ArrayList<>();
        for (Endpoint endpoint : endpoints) {
            IpAddress address = endpoint.address();
            if (address.v6()) {
                filters.add(permit(account, user, Layer.CONNECT_V6, address, endpoint.port()));
            } else {
                filters.add(permit(account, user, Layer.CONNECT_V4, address, endpoint.port()));
                filters.add(permit(account, user, Layer.CONNECT_V6, address.mapped(), endpoint.port()));
            }
        }
        if (!endpoints.isEmpty()) {
            for (Layer layer : List.of(Layer.BIND_V4, Layer.BIND_V6)) {
                filters.add(filter(
                        account,
                        "permit",
                        layer,
                        " TCP",
                        Filter.Action.PERMIT,
                        PERMIT_WEIGHT,
                        List.of(user, Condition.Protocol.TCP)));
            }
        }
        return filters;
    }

    private static Filter permit(SandboxAccount account, Condition user, Layer layer, IpAddress address, int port) {
        return filter(
                account,
                "permit",
                layer,
                " " + address + " port " + port,
                Filter.Action.PERMIT,
                PERMIT_WEIGHT,
                List.of(
                        user,
                        Condition.Protocol.TCP,
                        new Condition.RemoteAddress(address),
                        new Condition.RemotePort(port)));
    }

    private List<Filter> derivedTokens() {
        Condition others = new Condition.User(
                UserMatch.anyoneBut(FENCED.stream().map(sids::of).toList()));
        // A user condition also here: traffic that has no token at all is none of ours.
        Condition rest = new Condition.User(UserMatch.anybody());
        List<Filter> filters = new ArrayList<>();
        for (Layer layer : Layer.values()) {
            filters.add(named("others", layer, Filter.Action.PERMIT, OTHERS_WEIGHT, List.of(others)));
            filters.add(named("rest", layer, Filter.Action.BLOCK, REST_WEIGHT, List.of(rest)));
        }
        return filters;
    }

    private static Filter filter(
            SandboxAccount account,
            String word,
            Layer layer,
            String what,
            Filter.Action action,
            int weight,
            List<Condition> conditions) {
        return named(account.accountName() + " " + word, layer, what, action, weight, conditions);
    }

    private static Filter named(String who, Layer layer, Filter.Action action, int weight, List<Condition> conditions) {
        return named(who, layer, "", action, weight, conditions);
    }

    private static Filter named(
            String who, Layer layer, String what, Filter.Action action, int weight, List<Condition> conditions) {
        String name = who + " " + layer.name().toLowerCase(Locale.ROOT) + what;
        return Filter.of(FilterKeys.of(name), "Cordon: " + name, layer, action, weight, conditions);
    }
}
