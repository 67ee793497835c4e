/* Windows: echo requests through the system, and three ways to come without the account. What the fence knows a socket by is an
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

/* A socket that cannot even be made under the other token reaches nothing. */
static enum outcome tcp_as_impersonated(const struct target *target, const char *text) {
    enum outcome outcome = net_tcp(target, text);
    /* Going on under the wrong token would make the attempts that follow lie. */
    if (!RevertToSelf()) {
        exit(1);
    }
    return outcome == FAILED ? IMPOSSIBLE : outcome;
}

enum outcome os_stripped(const struct target *target, const char *text) {
    HANDLE token = strip();
    if (token == NULL) {
        return IMPOSSIBLE;
    }
    BOOL taken = ImpersonateLoggedOnUser(token);
    CloseHandle(token);
    return taken ? tcp_as_impersonated(target, text) : IMPOSSIBLE;
}

enum outcome os_anonymous(const struct target *target, const char *text) {
    return ImpersonateAnonymousToken(GetCurrentThread()) ? tcp_as_impersonated(target, text) : IMPOSSIBLE;
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
