package io.cordon.agent.os.windows.launch;

import io.cordon.agent.os.Account;
import io.cordon.agent.os.Caller;
import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.accounts.SandboxSids;

/** Whether an attested caller may ask for anything. */
final class CallerCheck {
    private final SandboxSids sandbox;

    CallerCheck(SandboxSids sandbox) {
        this.sandbox = sandbox;
    }

    /** The answer. */
    sealed interface Result {
        record Admitted(Caller caller, String cwd) implements Result {}

        record Refused(String reason) implements Result {}
    }

    Result check(Attestation seen) {
        if (seen.level().compareTo(Attestation.Level.IMPERSONATION) < 0) {
            return new Result.Refused("the pipe was opened with impersonation level " + seen.level()
                    + " (expected: IMPERSONATION); use the cordon.exe that belongs to this agent");
        }
        if (isSandboxed(seen.impersonated()) || isSandboxed(seen.processToken())) {
            return new Result.Refused("a confined process cannot ask for another run");
        }
        // The process id is that of whoever opened the pipe; only its own token tells that no other process took the id
        // since.
        if (!seen.impersonated().user().equals(seen.processToken().user())
                || seen.impersonated().logon() != seen.processToken().logon()) {
            return new Result.Refused(
                    "the process that opened the pipe does not run as the user who speaks through it");
        }
        String cwd = seen.canonicalCwd();
        if (cwd == null) {
            return new Result.Refused("the working directory cannot be opened as a folder; change to another one");
        }
        return canonical(seen, cwd);
    }

    private static Result canonical(Attestation seen, String cwd) {
        String path = cwd.startsWith("\\\\?\\") ? cwd.substring(4) : cwd;
        if (!path.matches("(?s)[A-Za-z]:\\\\.*")) {
            // Sandbox accounts are local: they are nobody to a file server, and drive letters differ from logon to
            // logon.
            return new Result.Refused("the working directory " + path + " is not on a local drive with a letter;"
                    + " confined commands run on local drives only");
        }
        Attestation.Token token = seen.impersonated();
        Account account = new Account.Windows(
                token.user().toString(),
                token.groups().stream().map(Sid::toString).toList());
        return new Result.Admitted(
                new Caller(seen.process().pid(), account, seen.created(), seen.image(), -1, token.session()), path);
    }

    private boolean isSandboxed(Attestation.Token token) {
        return token.sandboxMember() || sandbox.holds(token.user(), token.groups());
    }
}
