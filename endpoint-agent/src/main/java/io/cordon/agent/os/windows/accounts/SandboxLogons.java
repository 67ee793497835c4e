package io.cordon.agent.os.windows.accounts;

import io.cordon.agent.os.windows.SandboxAccount;

/**
 * Logs a sandbox account on. Passwords live only here: they are lent to one native call and never handed out.
 *
 * <p>The logon is of type {@link #LOGON32_LOGON_BATCH}. Interactive needs a right that these accounts are denied; service would
 * put {@code NT AUTHORITY\SERVICE} into the token, whom Windows lets impersonate clients; network gives no primary token.
 */
public interface SandboxLogons {
    /** The logon type that the accounts hold a right for ({@code SeBatchLogonRight}), as {@code LogonUserExExW} takes it. */
    int LOGON32_LOGON_BATCH = 4;

    /**
     * Tries once. Refused without trying while the network fence is not in place, and while earlier failures make the account
     * wait so that Windows does not lock it out. The password is not changed before the session is closed.
     *
     * @param call called at most once, on this thread, before this returns
     */
    <T> Outcome<T> logon(SandboxAccount account, Call<T> call);

    /** Calls {@code LogonUserExExW(account, ".", password, LOGON32_LOGON_BATCH, LOGON32_PROVIDER_DEFAULT, groups, …)}. */
    @FunctionalInterface
    interface Call<T> {
        /** @param password without a final NUL; wiped as soon as this returns, so never to be kept */
        Attempt<T> logonUser(String accountName, char[] password);
    }

    /** What {@code LogonUserExExW} said. */
    sealed interface Attempt<T> {
        /** @param token the primary token, whose owner is the caller */
        record Succeeded<T>(T token) implements Attempt<T> {}

        /** @param error of {@code GetLastError}, for example 1326 (password), 1385 (logon right), 1909 (locked out) */
        record Failed<T>(int error) implements Attempt<T> {}
    }

    /** The session, or one line that says why there is none and what to do. */
    sealed interface Outcome<T> {
        record LoggedOn<T>(T token, Session session) implements Outcome<T> {}

        record Refused<T>(String reason) implements Outcome<T> {}
    }

    /** Open as long as anything of the run may be alive. Closing twice is harmless; it does not close the token. */
    interface Session extends AutoCloseable {
        @Override
        void close();
    }
}
