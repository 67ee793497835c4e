/* Berkeley sockets and Winsock under the same names. */
#ifndef CORDON_PROBE_SOCK_H
#define CORDON_PROBE_SOCK_H

#ifdef _WIN32

#include <winsock2.h>
#include <ws2tcpip.h>

typedef SOCKET sock;
#define NO_SOCK INVALID_SOCKET
#define ERR(name) WSA##name

static inline int sock_error(void) {
    return WSAGetLastError();
}

static inline void sock_close(sock s) {
    closesocket(s);
}

static inline bool sock_nonblocking(sock s) {
    u_long on = 1;
    return ioctlsocket(s, FIONBIO, &on) == 0;
}

static inline bool sock_pending(int error) {
    return error == WSAEWOULDBLOCK;
}

#else

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

typedef int sock;
#define NO_SOCK (-1)
#define ERR(name) name

static inline int sock_error(void) {
    return errno;
}

static inline void sock_close(sock s) {
    close(s);
}

static inline bool sock_nonblocking(sock s) {
    return fcntl(s, F_SETFL, O_NONBLOCK) == 0;
}

static inline bool sock_pending(int error) {
    return error == EINPROGRESS;
}

#endif

#endif
