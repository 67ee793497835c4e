package io.cordon.agent.os.windows.win32;

import com.sun.jna.platform.win32.Advapi32;
import com.sun.jna.platform.win32.WinNT.HANDLEByReference;
import io.cordon.agent.os.windows.launch.CallerProcess;
import io.cordon.agent.os.windows.launch.FileLookup;
import io.cordon.agent.os.windows.launch.LaunchException;
import io.cordon.agent.os.windows.launch.Machine;
import java.io.IOException;

/** A copy of the token of a caller's process. */
final class NativeCallerLogon implements Machine.CallerLogon {
    private static final String STAGE = "token";

    private final NativeToken token;

    private NativeCallerLogon(NativeToken token) {
        this.token = token;
    }

    static NativeCallerLogon of(CallerProcess caller) throws LaunchException {
        int access = TokenConstants.TOKEN_QUERY | TokenConstants.TOKEN_DUPLICATE;
        try (Handles.Owned own = NativeCaller.token(Handles.of(caller.handle()), access)) {
            HANDLEByReference copy = new HANDLEByReference();
            int wanted = access
                    | TokenConstants.TOKEN_ASSIGN_PRIMARY
                    | TokenConstants.TOKEN_IMPERSONATE
                    | TokenConstants.TOKEN_ADJUST_DEFAULT
                    | TokenConstants.TOKEN_ADJUST_SESSIONID;
            if (!Advapi32.INSTANCE.DuplicateTokenEx(
                    own.get(), wanted, null, TokenConstants.SecurityImpersonation, TokenConstants.TokenPrimary, copy)) {
                throw Handles.failure(STAGE, "DuplicateTokenEx");
            }
            return new NativeCallerLogon(new NativeToken(Handles.Owned.of(copy)));
        } catch (LaunchException e) {
            throw e;
        } catch (IOException e) {
            throw new LaunchException(STAGE, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public FileLookup files() {
        return new NativeFiles(token.handle());
    }

    @Override
    public Machine.Token token() {
        return token;
    }

    @Override
    public void close() {
        token.close();
    }
}
