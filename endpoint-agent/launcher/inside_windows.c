/* Being inside a boundary of Cordon's, on Windows. */
#include <stdlib.h>
#include <windows.h>

#include "os.h"

/* A run has an account of the group that only the service fills; a token of the caller's own cannot be given one more group. */
bool os_confined(void) {
    BYTE sid[SECURITY_MAX_SID_SIZE];
    WCHAR domain[256];
    DWORD sid_size = sizeof sid, domain_size = 256, size = 0;
    SID_NAME_USE use;
    HANDLE token;
    if (!LookupAccountNameW(NULL, L"CordonSandboxUsers", sid, &sid_size, domain, &domain_size, &use) || use != SidTypeAlias) return false;
    if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token)) return false;
    GetTokenInformation(token, TokenGroups, NULL, 0, &size);
    TOKEN_GROUPS *groups = size ? malloc(size) : NULL;
    bool member = false;
    if (groups && GetTokenInformation(token, TokenGroups, groups, size, &size))
        for (DWORD i = 0; i < groups->GroupCount && !member; i++)
            member = (groups->Groups[i].Attributes & SE_GROUP_ENABLED) && EqualSid(groups->Groups[i].Sid, sid);
    free(groups);
    CloseHandle(token);
    return member;
}

int os_become(char **argv) {
    (void)argv;
    os_print(2, "cordon: inside a boundary of Cordon's, cordon run starts nothing on Windows; call the command itself\n");
    return EXIT_CORDON;
}
