package io.cordon.agent.os.windows.win32;

import com.sun.jna.platform.win32.WinNT.HANDLE;
import io.cordon.agent.os.windows.SandboxAccount;
import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.launch.FileLookup;
import io.cordon.agent.os.windows.launch.LaunchException;
import io.cordon.agent.os.windows.launch.Machine;
import io.cordon.agent.os.windows.launch.TokenPlan;
import java.io.IOException;
import java.util.List;

/**
 * The token of this process in place of a sandbox account's, so that everything behind the logon runs. It has no groups besides its
 * own, whatever is asked for.
 */
final class CurrentUserLogons implements LogonSource {
    private static final int ACCESS = TokenConstants.TOKEN_DUPLICATE
            | TokenConstants.TOKEN_QUERY
            | TokenConstants.TOKEN_ASSIGN_PRIMARY
            | TokenConstants.TOKEN_ADJUST_DEFAULT
            | TokenConstants.TOKEN_ADJUST_SESSIONID
            | TokenConstants.TOKEN_ADJUST_PRIVILEGES
            | TokenConstants.TOKEN_IMPERSONATE;

    static Handles.Owned token() throws LaunchException {
        try {
            return NativeCaller.token(Handles.self(), ACCESS);
        } catch (IOException e) {
            throw new LaunchException("token", String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Machine.Logon logOn(SandboxAccount account, List<Sid> groups) throws LaunchException {
        Handles.Owned token = token();
        return new Machine.Logon() {
            @Override
            public Sid account() {
                try {
                    return Tokens.user(handle());
                } catch (LaunchException e) {
                    throw new AssertionError(e);
                }
            }

            private HANDLE handle() {
                return token.get();
            }

            @Override
            public Sid logonSid() {
                try {
                    return Tokens.logonSid(handle());
                } catch (LaunchException e) {
                    throw new AssertionError(e);
                }
            }

            @Override
            public String profile() {
                return System.getProperty("user.home");
            }

            @Override
            public FileLookup files() {
                return new NativeFiles(handle());
            }

            @Override
            public Machine.Token restrict(TokenPlan plan) throws LaunchException {
                return new NativeToken(Tokens.restricted(handle(), plan));
            }

            @Override
            public void close() {
                token.close();
            }
        };
    }
}
