/* Windows: echo requests through the system, and ways to come without the account. What the fence knows a socket by is an
 * access check on its token, and every process may make a weaker token of its own. */
#include "probe.h"

#include <winsock2.h>
#include <windows.h>

/* In this order: the second needs types of the first. */
#include <iphlpapi.h>

#include <icmpapi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#define LONGEST_ARGUMENT 256

bool os_start(void) {
    WSADATA data;
    return WSAStartup(MAKEWORD(2, 2), &data) == 0;
}

enum outcome os_echo(const struct target *target) {
    unsigned char reply[sizeof(ICMP_ECHO_REPLY) + 64];
    IPAddr to;
    if (target->v6) {
        return UNAVAILABLE;
    }
    memcpy(&to, target->address, 4);
    HANDLE icmp = IcmpCreateFile();
    if (icmp == INVALID_HANDLE_VALUE) {
        return DENIED;
    }
    char payload[] = "cordon";
    DWORD n = IcmpSendEcho(icmp, to, payload, sizeof payload, NULL, reply, sizeof reply, PROBE_WAIT_SECONDS * 1000);
    enum outcome outcome = n > 0 ? REPLIED : GetLastError() == ERROR_ACCESS_DENIED ? DENIED : TIMEOUT;
    IcmpCloseHandle(icmp);
    return outcome;
}

/* This process's token with its user only to deny; NULL where that is not allowed. */
static HANDLE strip(void) {
    HANDLE own;
    HANDLE stripped = NULL;
    unsigned char buffer[sizeof(TOKEN_USER) + SECURITY_MAX_SID_SIZE];
    DWORD size = 0;
    if (!OpenProcessToken(GetCurrentProcess(), TOKEN_DUPLICATE | TOKEN_ASSIGN_PRIMARY | TOKEN_QUERY | TOKEN_IMPERSONATE, &own)) {
        return NULL;
    }
    if (GetTokenInformation(own, TokenUser, buffer, sizeof buffer, &size)) {
        SID_AND_ATTRIBUTES user = ((TOKEN_USER *)buffer)->User;
        if (!CreateRestrictedToken(own, 0, 1, &user, 0, NULL, 0, NULL, &stripped)) {
            stripped = NULL;
        }
    }
    CloseHandle(own);
    return stripped;
}

static bool as_logon(void *token) {
    return ImpersonateLoggedOnUser(token);
}

static bool as_anonymous(void *unused) {
    (void)unused;
    return ImpersonateAnonymousToken(GetCurrentThread());
}

static bool as_thread(void *token) {
    return SetThreadToken(NULL, token);
}

static void revert(void) {
    /* Going on under the wrong token would make the attempts that follow lie. */
    if (!RevertToSelf()) {
        exit(1);
    }
}

/* Whether a socket is known by the token it was made with or by that of its first use is documented nowhere, and some tokens
 * cannot make one: both are tried. What can neither make nor use one reaches nothing. */
static enum outcome tcp_as(const struct target *target, const char *text, bool (*become)(void *), void *token) {
    enum outcome late = net_tcp_after(target, text, become, token);
    revert();
    if (late == REACHED || late == REFUSED) {
        return late;
    }
    enum outcome early = become(token) ? net_tcp(target, text) : FAILED;
    revert();
    if (early != FAILED) {
        return early;
    }
    return late == FAILED ? IMPOSSIBLE : late;
}

/* Takes the token. */
static enum outcome tcp_with(const struct target *target, const char *text, bool (*become)(void *), HANDLE token) {
    if (token == NULL) {
        return IMPOSSIBLE;
    }
    enum outcome outcome = tcp_as(target, text, become, token);
    CloseHandle(token);
    return outcome;
}

enum outcome os_stripped(const struct target *target, const char *text) {
    return tcp_with(target, text, as_logon, strip());
}

enum outcome os_anonymous(const struct target *target, const char *text) {
    return tcp_as(target, text, as_anonymous, NULL);
}

/* A copy of this process's token for a thread; NULL where that is not allowed. */
static HANDLE copy(DWORD access, SECURITY_IMPERSONATION_LEVEL level) {
    HANDLE own;
    HANDLE made = NULL;
    if (!OpenProcessToken(GetCurrentProcess(), TOKEN_DUPLICATE | TOKEN_QUERY, &own)) {
        return NULL;
    }
    if (!DuplicateTokenEx(own, access | TOKEN_IMPERSONATE | TOKEN_QUERY, NULL, level, TokenImpersonation, &made)) {
        made = NULL;
    }
    CloseHandle(own);
    return made;
}

/* With a token that only says who it is every access check fails, and with it every condition on the user. */
enum outcome os_identified(const struct target *target, const char *text) {
    return tcp_with(target, text, as_thread, copy(0, SecurityIdentification));
}

/* At the lowest integrity, whose label an access check looks at before it looks at the user. */
enum outcome os_lowered(const struct target *target, const char *text) {
    SID untrusted = {SID_REVISION, 1, {SECURITY_MANDATORY_LABEL_AUTHORITY}, {SECURITY_MANDATORY_UNTRUSTED_RID}};
    TOKEN_MANDATORY_LABEL label = {.Label = {.Sid = &untrusted, .Attributes = SE_GROUP_INTEGRITY}};
    HANDLE token = copy(TOKEN_ADJUST_DEFAULT, SecurityImpersonation);
    if (token != NULL && !SetTokenInformation(token, TokenIntegrityLevel, &label, sizeof label + sizeof untrusted)) {
        CloseHandle(token);
        token = NULL;
    }
    return tcp_with(target, text, as_thread, token);
}

static enum outcome wait_for(HANDLE process) {
    DWORD status = 0;
    if (WaitForSingleObject(process, 5 * PROBE_WAIT_SECONDS * 1000) != WAIT_OBJECT_0) {
        TerminateProcess(process, 1);
        return IMPOSSIBLE;
    }
    bool known = GetExitCodeProcess(process, &status) && status >= CHILD_STATUS && status <= CHILD_STATUS + FAILED;
    return known ? (enum outcome)(status - CHILD_STATUS) : IMPOSSIBLE;
}

enum outcome os_stripped_child(const char *mark, const char *argument) {
    wchar_t program[MAX_PATH];
    wchar_t command[MAX_PATH + 3 * LONGEST_ARGUMENT];
    STARTUPINFOW startup = {.cb = sizeof startup};
    PROCESS_INFORMATION process;
    DWORD n = GetModuleFileNameW(NULL, program, MAX_PATH);
    HANDLE token = strip();
    if (token == NULL || n == 0 || n == MAX_PATH) {
        return IMPOSSIBLE;
    }
    swprintf(command, sizeof command / sizeof *command, L"\"%ls\" " CHILD_WORD " %hs %hs", program, mark, argument);
    BOOL started =
        CreateProcessAsUserW(token, program, command, NULL, NULL, FALSE, CREATE_NO_WINDOW, NULL, NULL, &startup, &process);
    CloseHandle(token);
    if (!started) {
        return IMPOSSIBLE;
    }
    enum outcome outcome = wait_for(process.hProcess);
    CloseHandle(process.hThread);
    CloseHandle(process.hProcess);
    return outcome == FAILED ? IMPOSSIBLE : outcome;
}

/* Arguments are plain ASCII or refused; what does not fit becomes a character that is. */
int wmain(int argc, wchar_t **wide) {
    char **argv = calloc((size_t)argc + 1, sizeof *argv);
    if (argv == NULL) {
        return 1;
    }
    for (int i = 0; i < argc; i++) {
        size_t n = wcslen(wide[i]);
        argv[i] = calloc(n + 1, 1);
        if (argv[i] == NULL) {
            return 1;
        }
        for (size_t j = 0; j < n; j++) {
            argv[i][j] = wide[i][j] < 0x80 ? (char)wide[i][j] : '?';
        }
    }
    return probe_main(argc, argv);
}
