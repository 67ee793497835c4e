package io.cordon.agent.os.windows.win32;

import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.accounts.SandboxLogons;
import io.cordon.agent.os.windows.launch.FileLookup;
import io.cordon.agent.os.windows.launch.LaunchException;
import io.cordon.agent.os.windows.launch.Machine;
import io.cordon.agent.os.windows.launch.TokenPlan;

/** A logon session with its profile; closing unloads the one and ends the other. */
final class NativeLogon implements Machine.Logon {
    private final Handles.Owned token;
    private final NativeProfile profile;
    private final SandboxLogons.Session session;
    private final Sid account;
    private final Sid logonSid;

    NativeLogon(Handles.Owned token, NativeProfile profile, SandboxLogons.Session session) throws LaunchException {
        this.token = token;
        this.profile = profile;
        this.session = session;
        try {
            this.account = Tokens.user(token.get());
            this.logonSid = Tokens.logonSid(token.get());
        } catch (LaunchException e) {
            profile.unload(token.get());
            throw e;
        }
    }

    @Override
    public Sid account() {
        return account;
    }

    @Override
    public Sid logonSid() {
        return logonSid;
    }

    @Override
    public String profile() {
        return profile.folder();
    }

    @Override
    public FileLookup files() {
        return new NativeFiles(token.get());
    }

    @Override
    public Machine.Token restrict(TokenPlan plan) throws LaunchException {
        return new NativeToken(Tokens.restricted(token.get(), plan));
    }

    @Override
    public synchronized void close() {
        if (token.isOpen()) {
            profile.unload(token.get());
            token.close();
        }
        session.close();
    }
}
