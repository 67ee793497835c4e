/*
 * What cannot be compared with mingw-w64 as it is. Announced by one line each:
 *
 *   LACKING(NAME, "reason; source")               the headers lack it: declared here from what is published
 *   LACKING_EXPORT(dll, NAME, "reason; source")   mingw-w64's import library lacks the function
 *   DIFFERENT(NAME, "reason")                     jna-platform maps the function otherwise, without harm
 *
 * Only an announced name is compiled with this file, and each that is mapped is printed by the check. An announcement is an error as
 * soon as the headers or libraries have the thing, or the mapping agrees.
 */
#define LACKING(name, why)
#define LACKING_EXPORT(dll, name, why)
#define DIFFERENT(name, why)

/* mingw-w64 10 names the filtering layers and conditions nowhere. Source: fwpmu.h of the Windows SDK. */

LACKING(FWPM_LAYER_ALE_RESOURCE_ASSIGNMENT_V4, "Windows SDK, um/fwpmu.h")
DEFINE_GUID(FWPM_LAYER_ALE_RESOURCE_ASSIGNMENT_V4, 0x1247d66d, 0x0b60, 0x4a15, 0x8d, 0x44, 0x71, 0x55, 0xd0, 0xf5, 0x3a, 0x0c);
LACKING(FWPM_LAYER_ALE_RESOURCE_ASSIGNMENT_V6, "Windows SDK, um/fwpmu.h")
DEFINE_GUID(FWPM_LAYER_ALE_RESOURCE_ASSIGNMENT_V6, 0x55a650e1, 0x5f0a, 0x4eca, 0xa6, 0x53, 0x88, 0xf5, 0x3b, 0x26, 0xaa, 0x8c);
LACKING(FWPM_LAYER_ALE_AUTH_LISTEN_V4, "Windows SDK, um/fwpmu.h")
DEFINE_GUID(FWPM_LAYER_ALE_AUTH_LISTEN_V4, 0x88bb5dad, 0x76d7, 0x4227, 0x9c, 0x71, 0xdf, 0x0a, 0x3e, 0xd7, 0xbe, 0x7e);
LACKING(FWPM_LAYER_ALE_AUTH_LISTEN_V6, "Windows SDK, um/fwpmu.h")
DEFINE_GUID(FWPM_LAYER_ALE_AUTH_LISTEN_V6, 0x7ac9de24, 0x17dd, 0x4814, 0xb4, 0xbd, 0xa9, 0xfb, 0xc9, 0x5a, 0x32, 0x1b);
LACKING(FWPM_LAYER_ALE_AUTH_RECV_ACCEPT_V4, "Windows SDK, um/fwpmu.h")
DEFINE_GUID(FWPM_LAYER_ALE_AUTH_RECV_ACCEPT_V4, 0xe1cd9fe7, 0xf4b5, 0x4273, 0x96, 0xc0, 0x59, 0x2e, 0x48, 0x7b, 0x86, 0x50);
LACKING(FWPM_LAYER_ALE_AUTH_RECV_ACCEPT_V6, "Windows SDK, um/fwpmu.h")
DEFINE_GUID(FWPM_LAYER_ALE_AUTH_RECV_ACCEPT_V6, 0xa3b42c97, 0x9f04, 0x4672, 0xb8, 0x7e, 0xce, 0xe9, 0xc4, 0x83, 0x25, 0x7f);
LACKING(FWPM_LAYER_ALE_AUTH_CONNECT_V4, "Windows SDK, um/fwpmu.h")
DEFINE_GUID(FWPM_LAYER_ALE_AUTH_CONNECT_V4, 0xc38d57d1, 0x05a7, 0x4c33, 0x90, 0x4f, 0x7f, 0xbc, 0xee, 0xe6, 0x0e, 0x82);
LACKING(FWPM_LAYER_ALE_AUTH_CONNECT_V6, "Windows SDK, um/fwpmu.h")
DEFINE_GUID(FWPM_LAYER_ALE_AUTH_CONNECT_V6, 0x4a72393b, 0x319f, 0x44bc, 0x84, 0xc3, 0xba, 0x54, 0xdc, 0xb3, 0xb6, 0xb4);
LACKING(FWPM_LAYER_ALE_CONNECT_REDIRECT_V4, "Windows SDK, um/fwpmu.h")
DEFINE_GUID(FWPM_LAYER_ALE_CONNECT_REDIRECT_V4, 0xc6e63c8c, 0xb784, 0x4562, 0xaa, 0x7d, 0x0a, 0x67, 0xcf, 0xca, 0xf9, 0xa3);
LACKING(FWPM_LAYER_ALE_CONNECT_REDIRECT_V6, "Windows SDK, um/fwpmu.h")
DEFINE_GUID(FWPM_LAYER_ALE_CONNECT_REDIRECT_V6, 0x587e54a7, 0x8046, 0x42ba, 0xa0, 0xaa, 0xb7, 0x16, 0x25, 0x0f, 0xc7, 0xfd);
LACKING(FWPM_LAYER_NAME_RESOLUTION_CACHE_V4, "Windows SDK, um/fwpmu.h")
DEFINE_GUID(FWPM_LAYER_NAME_RESOLUTION_CACHE_V4, 0x0c2aa681, 0x905b, 0x4ccd, 0xa4, 0x67, 0x4d, 0xd8, 0x11, 0xd0, 0x7b, 0x7b);
LACKING(FWPM_LAYER_NAME_RESOLUTION_CACHE_V6, "Windows SDK, um/fwpmu.h")
DEFINE_GUID(FWPM_LAYER_NAME_RESOLUTION_CACHE_V6, 0x92d592fa, 0x6b01, 0x434a, 0x9d, 0xea, 0xd1, 0xe9, 0x6e, 0xa9, 0x7d, 0xa9);
LACKING(FWPM_LAYER_RPC_UM, "Windows SDK, um/fwpmu.h")
DEFINE_GUID(FWPM_LAYER_RPC_UM, 0x75a89dda, 0x95e4, 0x40f3, 0xad, 0xc7, 0x76, 0x88, 0xa9, 0xc8, 0x47, 0xe1);

LACKING(FWPM_CONDITION_IP_LOCAL_ADDRESS, "Windows SDK, um/fwpmu.h")
DEFINE_GUID(FWPM_CONDITION_IP_LOCAL_ADDRESS, 0xd9ee00de, 0xc1ef, 0x4617, 0xbf, 0xe3, 0xff, 0xd8, 0xf5, 0xa0, 0x89, 0x57);
LACKING(FWPM_CONDITION_IP_REMOTE_ADDRESS, "Windows SDK, um/fwpmu.h")
DEFINE_GUID(FWPM_CONDITION_IP_REMOTE_ADDRESS, 0xb235ae9a, 0x1d64, 0x49b8, 0xa4, 0x4c, 0x5f, 0xf3, 0xd9, 0x09, 0x50, 0x45);
LACKING(FWPM_CONDITION_IP_LOCAL_PORT, "Windows SDK, um/fwpmu.h")
DEFINE_GUID(FWPM_CONDITION_IP_LOCAL_PORT, 0x0c1ba1af, 0x5765, 0x453f, 0xaf, 0x22, 0xa8, 0xf7, 0x91, 0xac, 0x77, 0x5b);
LACKING(FWPM_CONDITION_IP_REMOTE_PORT, "Windows SDK, um/fwpmu.h")
DEFINE_GUID(FWPM_CONDITION_IP_REMOTE_PORT, 0xc35a604d, 0xd22b, 0x4e1a, 0x91, 0xb4, 0x68, 0xf6, 0x74, 0xee, 0x67, 0x4b);
LACKING(FWPM_CONDITION_IP_PROTOCOL, "Windows SDK, um/fwpmu.h")
DEFINE_GUID(FWPM_CONDITION_IP_PROTOCOL, 0x3971ef2b, 0x623e, 0x4f9a, 0x8c, 0xb1, 0x6e, 0x79, 0xb8, 0x06, 0xb9, 0xa7);
LACKING(FWPM_CONDITION_FLAGS, "Windows SDK, um/fwpmu.h")
DEFINE_GUID(FWPM_CONDITION_FLAGS, 0x632ce23b, 0x5167, 0x435c, 0x86, 0xd7, 0xe9, 0x03, 0x68, 0x4a, 0xa8, 0x0c);
LACKING(FWPM_CONDITION_ALE_APP_ID, "Windows SDK, um/fwpmu.h")
DEFINE_GUID(FWPM_CONDITION_ALE_APP_ID, 0xd78e1e87, 0x8644, 0x4ea5, 0x94, 0x37, 0xd8, 0x09, 0xec, 0xef, 0xc9, 0x71);
LACKING(FWPM_CONDITION_ALE_USER_ID, "Windows SDK, um/fwpmu.h")
DEFINE_GUID(FWPM_CONDITION_ALE_USER_ID, 0xaf043a0a, 0xb34d, 0x4f86, 0x97, 0x9c, 0xc9, 0x03, 0x71, 0xaf, 0x6e, 0x66);

/* Nor the flags of what is kept. Source: fwpmtypes.h of the Windows SDK. */
LACKING(FWPM_PROVIDER_FLAG_PERSISTENT, "Windows SDK, shared/fwpmtypes.h")
#define FWPM_PROVIDER_FLAG_PERSISTENT 0x00000001
LACKING(FWPM_SUBLAYER_FLAG_PERSISTENT, "Windows SDK, shared/fwpmtypes.h")
#define FWPM_SUBLAYER_FLAG_PERSISTENT 0x00000001
LACKING(FWPM_FILTER_FLAG_NONE, "Windows SDK, shared/fwpmtypes.h")
#define FWPM_FILTER_FLAG_NONE 0x00000000
LACKING(FWPM_FILTER_FLAG_PERSISTENT, "Windows SDK, shared/fwpmtypes.h")
#define FWPM_FILTER_FLAG_PERSISTENT 0x00000001
LACKING(FWPM_FILTER_FLAG_BOOTTIME, "Windows SDK, shared/fwpmtypes.h")
#define FWPM_FILTER_FLAG_BOOTTIME 0x00000002
LACKING(FWPM_FILTER_FLAG_HAS_PROVIDER_CONTEXT, "Windows SDK, shared/fwpmtypes.h")
#define FWPM_FILTER_FLAG_HAS_PROVIDER_CONTEXT 0x00000004
LACKING(FWPM_FILTER_FLAG_CLEAR_ACTION_RIGHT, "Windows SDK, shared/fwpmtypes.h")
#define FWPM_FILTER_FLAG_CLEAR_ACTION_RIGHT 0x00000008
LACKING(FWPM_FILTER_FLAG_PERMIT_IF_CALLOUT_UNREGISTERED, "Windows SDK, shared/fwpmtypes.h")
#define FWPM_FILTER_FLAG_PERMIT_IF_CALLOUT_UNREGISTERED 0x00000010
LACKING(FWPM_FILTER_FLAG_DISABLED, "Windows SDK, shared/fwpmtypes.h")
#define FWPM_FILTER_FLAG_DISABLED 0x00000020
LACKING(FWPM_FILTER_FLAG_INDEXED, "Windows SDK, shared/fwpmtypes.h")
#define FWPM_FILTER_FLAG_INDEXED 0x00000040

/* For programs; mingw-w64 declares them for drivers, in ddk/ntifs.h, which does not go with windows.h. */
LACKING(NtQuerySecurityObject, "learn.microsoft.com, nf-ntifs-ntquerysecurityobject")
EXTERN_C NTSTATUS NTAPI NtQuerySecurityObject(HANDLE, SECURITY_INFORMATION, PSECURITY_DESCRIPTOR, ULONG, PULONG);
LACKING(NtSetSecurityObject, "learn.microsoft.com, nf-ntifs-ntsetsecurityobject")
EXTERN_C NTSTATUS NTAPI NtSetSecurityObject(HANDLE, SECURITY_INFORMATION, PSECURITY_DESCRIPTOR);

/* The reserved third parameter is a pointer that must be null; an int of 0 is passed as 64 zero bits. */
DIFFERENT(RegQueryValueExW, "jna-platform 5.19 declares the reserved pointer as int; 0 passes for null")

/* Exported, and declared nowhere: not even the Windows SDK has it in a header. */
LACKING(LogonUserExExW, "learn.microsoft.com, secauthn/logonuserexexw")
EXTERN_C WINADVAPI WINBOOL WINAPI LogonUserExExW(LPCWSTR, LPCWSTR, LPCWSTR, DWORD, DWORD, PTOKEN_GROUPS, PHANDLE, PSID *, PVOID *, LPDWORD, PQUOTA_LIMITS);
