package io.cordon.agent.os.windows.accounts;

import io.cordon.agent.os.Change;
import io.cordon.agent.os.Ledger;
import io.cordon.agent.os.windows.Sid;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the ledger has about accounts.
 *
 * @param entries newest first
 * @param marks by name of group or user
 * @param sids by name of user
 * @param hidden names of users
 */
record AccountRecords(
        List<Ledger.Entry> entries, Map<String, String> marks, Map<String, String> sids, Set<String> hidden) {
    static final String GROUP = "sandbox-group";
    static final String USER = "sandbox-user";
    static final String SID = "sandbox-sid";
    static final String HIDDEN = "sandbox-hidden";
    static final String PROFILE = "sandbox-profile";

    static final String NAME = "name";
    static final String MARK = "mark";
    static final String KEY_MADE = "keyMade";
    static final String FOLDER = "folder";
    /** Absent when there was no value before. */
    static final String BEFORE = "before";

    static AccountRecords of(Ledger ledger) {
        List<Ledger.Entry> own = ledger.open().stream()
                .filter(each -> Set.of(GROUP, USER, SID, HIDDEN, PROFILE)
                        .contains(each.change().kind()))
                .toList();
        Map<String, String> marks = new HashMap<>();
        Map<String, String> sids = new HashMap<>();
        Set<String> hidden = new HashSet<>();
        for (Ledger.Entry each : own) {
            String name = each.change().detail(NAME);
            switch (each.change().kind()) {
                case GROUP, USER -> marks.put(name, each.change().detail(MARK));
                case SID -> sids.put(name, each.change().detail("sid"));
                case HIDDEN -> hidden.add(name);
                default -> {
                    // A profile folder is found by its path.
                }
            }
        }
        return new AccountRecords(own, marks, sids, hidden);
    }

    static Change group(String name, String mark) {
        return new Change(GROUP, Map.of(NAME, name, MARK, mark));
    }

    static Change user(String name, String mark) {
        return new Change(USER, Map.of(NAME, name, MARK, mark));
    }

    static Change sid(String name, Sid sid) {
        return new Change(SID, Map.of(NAME, name, "sid", sid.toString()));
    }

    static Change hidden(String name, Optional<String> before, boolean keyWasThere) {
        Map<String, String> details = new HashMap<>(Map.of(NAME, name, KEY_MADE, Boolean.toString(!keyWasThere)));
        before.ifPresent(value -> details.put(BEFORE, value));
        return new Change(HIDDEN, details);
    }

    /** @param before attributes of the folder */
    static Change profile(String name, String folder, int before) {
        return new Change(PROFILE, Map.of(NAME, name, FOLDER, folder, BEFORE, Integer.toString(before)));
    }

    boolean hasProfile(String folder) {
        return entries.stream()
                .anyMatch(each -> each.change().kind().equals(PROFILE)
                        && each.change().detail(FOLDER).equalsIgnoreCase(folder));
    }

    static boolean isSidOf(Change change, String name) {
        return change.kind().equals(SID) && change.detail(NAME).equals(name);
    }
}
