package io.cordon.agent.os.windows.win32;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.WString;
import com.sun.jna.platform.win32.WinNT.HANDLEByReference;
import io.cordon.agent.os.windows.SandboxAccount;
import io.cordon.agent.os.windows.accounts.SandboxLogons;
import io.cordon.agent.os.windows.launch.LaunchException;
import io.cordon.agent.os.windows.launch.Machine;

/** Logs sandbox accounts on with the passwords that are lent for it, and loads their profiles. */
final class NativeLogons implements LogonSource {
    private static final String STAGE = "logon";

    private final SandboxLogons logons;

    NativeLogons(SandboxLogons logons) {
        this.logons = logons;
    }

    @Override
    public Machine.Logon logOn(SandboxAccount account) throws LaunchException {
        SandboxLogons.Outcome<Handles.Owned> outcome = logons.logon(account, NativeLogons::call);
        if (outcome instanceof SandboxLogons.Outcome.LoggedOn<Handles.Owned> on) {
            try {
                NativeProfile profile = NativeProfile.load(on.token().get(), account.accountName());
                return new NativeLogon(on.token(), profile, on.session());
            } catch (LaunchException | RuntimeException e) {
                on.token().close();
                on.session().close();
                throw e;
            }
        }
        throw new LaunchException(STAGE, ((SandboxLogons.Outcome.Refused<Handles.Owned>) outcome).reason());
    }

    private static SandboxLogons.Attempt<Handles.Owned> call(String name, char[] password) {
        HANDLEByReference token = new HANDLEByReference();
        try (Memory secret = new Memory((password.length + 1L) * Character.BYTES)) {
            secret.clear();
            secret.write(0, password, 0, password.length);
            boolean done = Advapi32Tokens.Library.ADVAPI32.LogonUserW(
                    new WString(name),
                    new WString("."),
                    secret,
                    SandboxLogons.LOGON32_LOGON_BATCH,
                    TokenConstants.LOGON32_PROVIDER_DEFAULT,
                    token);
            int error = Native.getLastError();
            secret.clear();
            return done
                    ? new SandboxLogons.Attempt.Succeeded<>(Handles.Owned.of(token))
                    : new SandboxLogons.Attempt.Failed<>(error);
        }
    }
}
