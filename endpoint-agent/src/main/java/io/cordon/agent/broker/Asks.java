package io.cordon.agent.broker;

import io.cordon.agent.adapters.CodingAgent;
import io.cordon.policy.document.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What agents were told to run, whom that waits for, and what was allowed before. Bounded, for each account on its own, and
 * forgotten when another policy comes into force. All of it rests on what processes of the developer's account say; none of it
 * outlives the service.
 */
final class Asks {
    private static final int MOST_ACCOUNTS = 64;
    private static final int MOST = 256;
    /** A question may stand on a screen for a while. */
    private static final Duration OPEN = Duration.ofHours(1);
    /** A model that is told how to have the developer asked does so soon. */
    private static final Duration TOLD = Duration.ofMinutes(10);

    private final Map<String, OfAccount> accounts = bounded(MOST_ACCOUNTS);
    private @Nullable Digest policy;

    private static final class OfAccount {
        final Map<String, IssuedCommand> issued = new LinkedHashMap<>();
        final Map<String, Instant> allowedUntil = bounded(MOST);
        final Map<String, Instant> toldUntil = bounded(MOST);
    }

    private static <V> Map<String, V> bounded(int most) {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > most;
            }
        };
    }

    /** To be told before anything else which policy decides now; what waited under another one stays unanswered. */
    synchronized List<AskOutcome> under(Digest current, Instant now) {
        List<AskOutcome> left = new ArrayList<>();
        if (!current.equals(policy)) {
            accounts.values()
                    .forEach(account -> left.addAll(settle(account, each -> true, AskOutcome.Kind.UNANSWERED, now)));
            accounts.clear();
            policy = current;
        }
        return left;
    }

    private OfAccount account(String account) {
        return accounts.computeIfAbsent(account, id -> new OfAccount());
    }

    private static String key(String session, String toolCall) {
        return session + "\n" + toolCall;
    }

    /** The same words elsewhere can run another program, so the place is part of it. */
    private static String memory(CodingAgent agent, String session, String place, String command) {
        return agent.word() + "\n" + session + "\n" + place.length() + " " + place + "\n" + command.strip();
    }

    /** Puts a command down; the oldest makes room, and whoever waited for it gets no answer. */
    synchronized List<AskOutcome> issue(IssuedCommand command, Instant now) {
        OfAccount account = account(command.account());
        String key = key(command.session(), command.toolCall());
        List<AskOutcome> left = settle(
                account,
                each -> each.at().plus(OPEN).isBefore(now)
                        || key(each.session(), each.toolCall()).equals(key),
                AskOutcome.Kind.UNANSWERED,
                now);
        if (account.issued.size() >= MOST) {
            IssuedCommand eldest = account.issued.values().iterator().next();
            left.addAll(settle(account, each -> each.equals(eldest), AskOutcome.Kind.UNANSWERED, now));
        }
        account.issued.put(key, command);
        return left;
    }

    /** The command that was put in place with this text. */
    synchronized Optional<IssuedCommand> issued(String account, CodingAgent agent, String session, String text) {
        return account(account).issued.values().stream()
                .filter(each -> each.agent() == agent
                        && each.session().equals(session)
                        && each.text().equals(text))
                .reduce((older, newer) -> newer);
    }

    /** From now on a run of it needs no further approval: the agent is about to ask for it. */
    synchronized void grant(IssuedCommand command) {
        account(command.account())
                .issued
                .computeIfPresent(key(command.session(), command.toolCall()), (key, each) -> each.grantedNow());
    }

    /**
     * Takes the grant for just this run, if there is one.
     *
     * @param remember how long its command is allowed without asking again
     */
    synchronized Optional<AskOutcome> take(
            String account, String session, String toolCall, List<String> argv, Duration remember, Instant now) {
        OfAccount its = account(account);
        IssuedCommand issued = its.issued.get(key(session, toolCall));
        boolean fits = issued != null
                && issued.granted()
                && issued.argv().equals(argv)
                && !issued.at().plus(OPEN).isBefore(now);
        if (issued == null || !fits) {
            return Optional.empty();
        }
        its.issued.put(key(session, toolCall), issued.spent());
        if (issued.asked() && !remember.isZero()) {
            its.allowedUntil.put(memory(issued.agent(), session, issued.place(), issued.command()), now.plus(remember));
        }
        return Optional.of(outcome(issued, AskOutcome.Kind.ALLOWED, now));
    }

    /** Whether the developer allowed the same command in the same session not long ago. */
    synchronized boolean remembered(
            String account, CodingAgent agent, String session, String place, String command, Instant now) {
        Instant until = account(account).allowedUntil.get(memory(agent, session, place, command));
        return until != null && now.isBefore(until);
    }

    /** Whether the model was told how to have the developer asked about this command; if not, it counts as told from now on. */
    synchronized boolean told(
            String account, CodingAgent agent, String session, String place, String command, Instant now) {
        Map<String, Instant> told = account(account).toldUntil;
        Instant until = told.remove(memory(agent, session, place, command));
        if (until != null && now.isBefore(until)) {
            return true;
        }
        told.put(memory(agent, session, place, command), now.plus(TOLD));
        return false;
    }

    /** What waits no longer, and how it ended. */
    synchronized List<AskOutcome> settle(
            String account, Predicate<IssuedCommand> which, AskOutcome.Kind kind, Instant now) {
        return settle(account(account), which, kind, now);
    }

    private static List<AskOutcome> settle(
            OfAccount account, Predicate<IssuedCommand> which, AskOutcome.Kind kind, Instant now) {
        List<AskOutcome> settled = new ArrayList<>();
        account.issued.values().removeIf(each -> {
            if (!which.test(each)) {
                return false;
            }
            if (each.asked()) {
                settled.add(outcome(each, kind, now));
            }
            return true;
        });
        return settled;
    }

    private static AskOutcome outcome(IssuedCommand command, AskOutcome.Kind kind, Instant now) {
        return new AskOutcome(command, kind, Duration.between(command.at(), now));
    }
}
