package io.cordon.agent.os.windows.accounts;

import io.cordon.agent.os.windows.Sid;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** An account database in memory. Every change first runs through {@link #fault}, which a test can let fail. */
public final class MemoryAccounts implements AccountDatabase {
    static final String MACHINE = "S-1-5-21-1-2-3-";

    /** Called before each change with its text; throws to make it fail. */
    interface Fault {
        void before(String change) throws IOException;
    }

    private final Map<String, LocalGroup> groups = new TreeMap<>();
    private final Map<String, LocalUser> users = new TreeMap<>();
    private final Map<String, String> passwords = new HashMap<>();
    private final Map<Sid, Set<String>> rights = new HashMap<>();
    private final Set<Sid> profiles = new HashSet<>();
    private final Map<String, Integer> folders = new TreeMap<>();
    private int nextRid = 1001;
    private int changes;
    Fault fault = change -> {};
    LockoutPolicy lockout = new LockoutPolicy(0, Duration.ZERO);

    int changes() {
        return changes;
    }

    private void change(String text) throws IOException {
        fault.before(text);
        changes++;
    }

    private Sid next() {
        return Sid.parse(MACHINE + nextRid++);
    }

    String password(String name) {
        return passwords.getOrDefault(name, "");
    }

    void loadProfile(Sid sid) {
        profiles.add(sid);
    }

    /** Everything that is left, rights of accounts that are gone included. */
    String dump() {
        return groups.keySet() + " " + users.keySet() + " " + rights.keySet() + " " + profiles;
    }

    @Override
    public Optional<LocalGroup> group(String name) {
        return Optional.ofNullable(groups.get(name));
    }

    @Override
    public Optional<LocalUser> user(String name) {
        return Optional.ofNullable(users.get(name));
    }

    @Override
    public void createGroup(String name, String comment) throws IOException {
        change("create group " + name);
        groups.putIfAbsent(name, new LocalGroup(next(), comment));
    }

    @Override
    public void deleteGroup(String name) throws IOException {
        change("delete group " + name);
        groups.remove(name);
    }

    @Override
    public void createUser(String name, String comment, char[] password, int flags) throws IOException {
        change("create user " + name);
        if (users.containsKey(name)) {
            throw new IOException("NetUserAdd(" + name + "): error 2224");
        }
        users.put(name, new LocalUser(next(), comment, flags, Set.of()));
        passwords.put(name, new String(password));
    }

    @Override
    public void deleteUser(String name) throws IOException {
        change("delete user " + name);
        users.remove(name);
        passwords.remove(name);
    }

    private LocalUser existing(String name) throws IOException {
        LocalUser user = users.get(name);
        if (user == null) {
            throw new IOException("NetUserSetInfo(" + name + "): error 2221");
        }
        return user;
    }

    @Override
    public void setFlags(String name, int flags) throws IOException {
        change("flags " + name + " " + flags);
        LocalUser user = existing(name);
        users.put(name, new LocalUser(user.sid(), user.comment(), flags, user.groups()));
    }

    @Override
    public void setPassword(String name, char[] password) throws IOException {
        change("password " + name);
        existing(name);
        passwords.put(name, new String(password));
    }

    private void setGroups(Sid sid, Set<Sid> groups) {
        users.replaceAll((name, user) ->
                user.sid().equals(sid) ? new LocalUser(sid, user.comment(), user.flags(), groups) : user);
    }

    private Set<Sid> groupsOf(Sid sid) {
        return users.values().stream()
                .filter(each -> each.sid().equals(sid))
                .findFirst()
                .map(each -> new HashSet<>(each.groups()))
                .orElseGet(HashSet::new);
    }

    @Override
    public void addMember(Sid group, Sid user) throws IOException {
        change("join " + group + " " + user);
        Set<Sid> all = groupsOf(user);
        all.add(group);
        setGroups(user, all);
    }

    @Override
    public void removeMember(Sid group, Sid user) throws IOException {
        change("leave " + group + " " + user);
        Set<Sid> all = groupsOf(user);
        all.remove(group);
        setGroups(user, all);
    }

    @Override
    public Set<String> rights(Sid sid) {
        return Set.copyOf(rights.getOrDefault(sid, Set.of()));
    }

    @Override
    public void grant(Sid sid, String right) throws IOException {
        change("grant " + sid + " " + right);
        rights.computeIfAbsent(sid, any -> new HashSet<>()).add(right);
    }

    @Override
    public void revoke(Sid sid, String right) throws IOException {
        change("revoke " + sid + " " + right);
        Set<String> held = rights.getOrDefault(sid, new HashSet<>());
        held.remove(right);
        if (held.isEmpty()) {
            rights.remove(sid);
        }
    }

    @Override
    public Set<Sid> holders(String right) {
        Set<Sid> holders = new HashSet<>();
        rights.forEach((sid, held) -> {
            if (held.contains(right)) {
                holders.add(sid);
            }
        });
        return holders;
    }

    @Override
    public List<String> userNames() {
        return List.copyOf(users.keySet());
    }

    @Override
    public LockoutPolicy lockout() {
        return lockout;
    }

    /** A folder with attributes, as a logon makes a profile. */
    void folder(String path, int attributes) {
        folders.put(path, attributes);
    }

    @Override
    public Optional<Integer> attributes(String folder) {
        return Optional.ofNullable(folders.get(folder));
    }

    @Override
    public void setAttributes(String folder, int attributes) throws IOException {
        change("attributes " + folder + " " + attributes);
        folders.put(folder, attributes);
    }

    @Override
    public void deleteProfile(Sid sid) throws IOException {
        change("delete profile " + sid);
        profiles.remove(sid);
    }
}
