#include "pipe_bridge.h"

#define ANSWER "{\"t\":\"reply\",\"exit\":0,\"stdout\":\"from the service\",\"stderr\":\"\"}"

static SERVICE_STATUS_HANDLE status_handle;

static void report(DWORD state) {
    SERVICE_STATUS status = {SERVICE_WIN32_OWN_PROCESS, state, SERVICE_ACCEPT_STOP, 0, 0, 0, 0};
    SetServiceStatus(status_handle, &status);
}

static DWORD WINAPI on_control(DWORD control, DWORD type, void *data, void *context) {
    (void)type, (void)data, (void)context;
    if (control == SERVICE_CONTROL_STOP) report(SERVICE_STOPPED); /* the dispatcher returns, and with it the process ends */
    return NO_ERROR;
}

static void answer(HANDLE pipe) {
    char request[65536];
    DWORD n;
    char frame[4 + sizeof ANSWER - 1] = {sizeof ANSWER - 1};
    CopyMemory(frame + 4, ANSWER, sizeof ANSWER - 1);
    if (ReadFile(pipe, request, sizeof request, &n, NULL) && WriteFile(pipe, frame, sizeof frame, &n, NULL)) FlushFileBuffers(pipe);
    DisconnectNamedPipe(pipe);
}

static void WINAPI service_main(DWORD argc, WCHAR **argv) {
    (void)argc, (void)argv;
    status_handle = RegisterServiceCtrlHandlerExW(L"CordonAgent", on_control, NULL);
    HANDLE pipe = make_pipe(L"\\\\.\\pipe\\cordon", PIPE_ACCESS_DUPLEX);
    report(pipe == INVALID_HANDLE_VALUE ? SERVICE_STOPPED : SERVICE_RUNNING);
    while (pipe != INVALID_HANDLE_VALUE)
        if (ConnectNamedPipe(pipe, NULL) || GetLastError() == ERROR_PIPE_CONNECTED) answer(pipe);
}

int run_service(void) {
    SERVICE_TABLE_ENTRYW table[] = {{L"CordonAgent", service_main}, {NULL, NULL}};
    return StartServiceCtrlDispatcherW(table) ? 0 : 1;
}
