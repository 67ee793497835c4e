package io.cordon.agent.os.windows.accounts;

import io.cordon.agent.os.windows.Sid;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What provisioning needs of the local account database and security authority. Names are names of this machine. Every failure
 * is an {@link IOException} that says the call and its number. Removing what is not there is no error.
 */
public interface AccountDatabase {
    int UF_SCRIPT = 0x1;
    int UF_ACCOUNTDISABLE = 0x2;
    int UF_LOCKOUT = 0x10;
    int UF_PASSWD_CANT_CHANGE = 0x40;
    int UF_NORMAL_ACCOUNT = 0x200;
    int UF_DONT_EXPIRE_PASSWD = 0x10000;

    record LocalGroup(Sid sid, String comment) {}

    /**
     * @param flags bits of {@code UF_*}
     * @param groups local groups it is a direct member of
     */
    record LocalUser(Sid sid, String comment, int flags, Set<Sid> groups) {
        public LocalUser {
            groups = Set.copyOf(groups);
        }
    }

    Optional<LocalGroup> group(String name) throws IOException;

    Optional<LocalUser> user(String name) throws IOException;

    /** Making what somebody made at the same moment (1379, 2223) is no error: whose it is, its comment says. */
    void createGroup(String name, String comment) throws IOException;

    void deleteGroup(String name) throws IOException;

    /** An ordinary user ({@code USER_PRIV_USER}) without any group. */
    void createUser(String name, String comment, char[] password, int flags) throws IOException;

    void deleteUser(String name) throws IOException;

    void setFlags(String name, int flags) throws IOException;

    void setPassword(String name, char[] password) throws IOException;

    /** Being a member already is no error. */
    void addMember(Sid group, Sid user) throws IOException;

    void removeMember(Sid group, Sid user) throws IOException;

    /** Privileges and logon rights held by this very SID, not through a group. */
    Set<String> rights(Sid sid) throws IOException;

    void grant(Sid sid, String right) throws IOException;

    void revoke(Sid sid, String right) throws IOException;

    /** Everybody who holds this privilege or logon right by its own SID. */
    Set<Sid> holders(String right) throws IOException;

    /** Names of all local users. */
    List<String> userNames() throws IOException;

    LockoutPolicy lockout() throws IOException;

    /** Attributes of a folder, as {@code FILE_ATTRIBUTE_*}; of a link itself, not of what it leads to. Empty when nothing is there. */
    Optional<Integer> attributes(String folder) throws IOException;

    void setAttributes(String folder, int attributes) throws IOException;

    /** Deletes the profile folder and its registry entry ({@code DeleteProfileW}); fails while the profile is loaded. */
    void deleteProfile(Sid sid) throws IOException;
}
