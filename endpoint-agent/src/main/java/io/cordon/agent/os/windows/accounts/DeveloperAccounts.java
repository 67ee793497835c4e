package io.cordon.agent.os.windows.accounts;

import io.cordon.agent.os.windows.Sid;
import java.io.IOException;
import java.util.Optional;

/** What naming a caller needs of Windows. */
public interface DeveloperAccounts {
    /** @param domain NetBIOS name of its domain, or this computer's for a local account */
    record Named(String domain, String name) {}

    /** Empty when nobody has this SID (any more). May ask a domain controller. */
    Optional<Named> lookup(Sid sid) throws IOException;

    /** Its profile folder, as the profile list has it; empty before its first logon here. */
    Optional<String> profile(Sid sid) throws IOException;

    /** NetBIOS name of this computer. */
    String computer() throws IOException;
}
