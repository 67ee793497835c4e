package io.cordon.agent.os.windows.accounts;

import io.cordon.agent.os.windows.Sid;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A machine on which a policy takes "Log on as a batch job" away again at once. */
record WithoutBatch(AccountDatabase real) implements AccountDatabase {
    @Override
    public Optional<LocalGroup> group(String name) throws IOException {
        return real.group(name);
    }

    @Override
    public Optional<LocalUser> user(String name) throws IOException {
        return real.user(name);
    }

    @Override
    public void createGroup(String name, String comment) throws IOException {
        real.createGroup(name, comment);
    }

    @Override
    public void deleteGroup(String name) throws IOException {
        real.deleteGroup(name);
    }

    @Override
    public void createUser(String name, String comment, char[] password, int flags) throws IOException {
        real.createUser(name, comment, password, flags);
    }

    @Override
    public void deleteUser(String name) throws IOException {
        real.deleteUser(name);
    }

    @Override
    public void setFlags(String name, int flags) throws IOException {
        real.setFlags(name, flags);
    }

    @Override
    public void setPassword(String name, char[] password) throws IOException {
        real.setPassword(name, password);
    }

    @Override
    public void addMember(Sid group, Sid user) throws IOException {
        real.addMember(group, user);
    }

    @Override
    public void removeMember(Sid group, Sid user) throws IOException {
        real.removeMember(group, user);
    }

    @Override
    public Set<String> rights(Sid sid) throws IOException {
        return real.rights(sid);
    }

    @Override
    public void grant(Sid sid, String right) throws IOException {
        if (!right.equals("SeBatchLogonRight")) {
            real.grant(sid, right);
        }
    }

    @Override
    public void revoke(Sid sid, String right) throws IOException {
        real.revoke(sid, right);
    }

    @Override
    public Set<Sid> holders(String right) throws IOException {
        return real.holders(right);
    }

    @Override
    public List<String> userNames() throws IOException {
        return real.userNames();
    }

    @Override
    public LockoutPolicy lockout() throws IOException {
        return real.lockout();
    }

    @Override
    public Optional<Integer> attributes(String folder) throws IOException {
        return real.attributes(folder);
    }

    @Override
    public void setAttributes(String folder, int attributes) throws IOException {
        real.setAttributes(folder, attributes);
    }

    @Override
    public void deleteProfile(Sid sid) throws IOException {
        real.deleteProfile(sid);
    }
}
