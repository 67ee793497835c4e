package io.cordon.agent.os.windows.win32;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.WString;
import com.sun.jna.platform.win32.WinNT.HANDLEByReference;
import io.cordon.agent.os.windows.SandboxAccount;
import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.accounts.ProfileHiding;
import io.cordon.agent.os.windows.accounts.SandboxLogons;
import io.cordon.agent.os.windows.launch.LaunchException;
import io.cordon.agent.os.windows.launch.Machine;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Logs sandbox accounts on with the passwords that are lent for it, and loads their profiles. The capabilities of a run are groups
 * of its token from the logon on; without them its files would be closed to it, so a token that lacks one is never used.
 */
final class NativeLogons implements LogonSource {
    private static final String STAGE = "logon";

    private final SandboxLogons logons;
    private final ProfileHiding profiles;

    NativeLogons(SandboxLogons logons, ProfileHiding profiles) {
        this.logons = logons;
        this.profiles = profiles;
    }

    @Override
    public Machine.Logon logOn(SandboxAccount account, List<Sid> groups) throws LaunchException {
        SandboxLogons.Outcome<Handles.Owned> outcome =
                logons.logon(account, (name, password) -> call(name, password, groups));
        if (outcome instanceof SandboxLogons.Outcome.LoggedOn<Handles.Owned> on) {
            try {
                requireGroups(on.token(), groups);
                NativeProfile profile = NativeProfile.load(on.token().get(), account.accountName());
                profiles.loaded(account, profile.folder(), profile.roaming());
                return new NativeLogon(on.token(), profile, on.session());
            } catch (LaunchException | RuntimeException e) {
                on.token().close();
                on.session().close();
                throw e;
            }
        }
        throw new LaunchException(STAGE, ((SandboxLogons.Outcome.Refused<Handles.Owned>) outcome).reason());
    }

    private static SandboxLogons.Attempt<Handles.Owned> call(String name, char[] password, List<Sid> groups) {
        SandboxLogons.Attempt<Handles.Owned> first = call(name, password, new AddedGroups(groups));
        if (!(first instanceof SandboxLogons.Attempt.Succeeded<Handles.Owned> succeeded)
                || groups.isEmpty()
                || hasLogonSid(succeeded.token())) {
            return first;
        }
        // Whether Windows adds the session's SID where groups are given is documented nowhere.
        succeeded.token().close();
        try {
            return call(name, password, new AddedGroups(groups).withLogonSid());
        } catch (LaunchException e) {
            return new SandboxLogons.Attempt.Failed<>(e.error());
        }
    }

    private static boolean hasLogonSid(Handles.Owned token) {
        try {
            Tokens.logonSid(token.get());
            return true;
        } catch (LaunchException e) {
            return false;
        }
    }

    private static SandboxLogons.Attempt<Handles.Owned> call(String name, char[] password, AddedGroups groups) {
        HANDLEByReference token = new HANDLEByReference();
        try (Memory secret = new Memory((password.length + 1L) * Character.BYTES)) {
            secret.clear();
            secret.write(0, password, 0, password.length);
            boolean done = Advapi32Tokens.Library.ADVAPI32.LogonUserExExW(
                    new WString(name),
                    new WString("."),
                    secret,
                    SandboxLogons.LOGON32_LOGON_BATCH,
                    TokenConstants.LOGON32_PROVIDER_DEFAULT,
                    groups.pointer(),
                    token,
                    null,
                    null,
                    null,
                    null);
            int error = Native.getLastError();
            Reference.reachabilityFence(groups);
            secret.clear();
            return done
                    ? new SandboxLogons.Attempt.Succeeded<>(Handles.Owned.of(token))
                    : new SandboxLogons.Attempt.Failed<>(error);
        }
    }

    static void requireGroups(Handles.Owned token, List<Sid> groups) throws LaunchException {
        Set<Sid> enabled = Tokens.groups(token.get()).stream()
                .filter(Tokens.Group::isEnabled)
                .map(Tokens.Group::sid)
                .collect(Collectors.toSet());
        List<Sid> missing = new ArrayList<>(groups);
        missing.removeAll(enabled);
        if (!missing.isEmpty()) {
            throw new LaunchException(
                    STAGE,
                    "the token of the logon lacks " + missing.size() + " of " + groups.size()
                            + " groups that were asked for (expected: all of them); nothing runs with it");
        }
    }
}
