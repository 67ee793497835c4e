#include "probe.h"

#include <stdlib.h>
#include <string.h>

#include "sock.h"

union address {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
};

bool net_parse(struct target *target, const char *address, const char *port) {
    long number = strtol(port, NULL, 10);
    target->v6 = strchr(address, ':') != NULL;
    target->port = (unsigned short)number;
    return number >= 0 && number <= 65535 && inet_pton(target->v6 ? AF_INET6 : AF_INET, address, target->address) == 1;
}

static socklen_t fill(union address *to, const struct target *target) {
    memset(to, 0, sizeof *to);
    if (target->v6) {
        to->v6.sin6_family = AF_INET6;
        to->v6.sin6_port = htons(target->port);
        memcpy(&to->v6.sin6_addr, target->address, 16);
        return sizeof to->v6;
    }
    to->v4.sin_family = AF_INET;
    to->v4.sin_port = htons(target->port);
    memcpy(&to->v4.sin_addr, target->address, 4);
    return sizeof to->v4;
}

static enum outcome classify(int error) {
    switch (error) {
        case ERR(EACCES):
#ifndef _WIN32
        case EPERM:
#endif
            return DENIED;
        case ERR(ECONNREFUSED):
        case ERR(ECONNRESET):
            return REFUSED;
        case ERR(ETIMEDOUT):
            return TIMEOUT;
        case ERR(EAFNOSUPPORT):
        case ERR(EADDRNOTAVAIL):
        case ERR(ENETUNREACH):
        case ERR(EHOSTUNREACH):
        case ERR(ENETDOWN):
            return UNAVAILABLE;
        default:
            return FAILED;
    }
}

/* An IPv6 socket is dual-stack, so that it takes mapped IPv4 addresses as well. */
static sock open_socket(const struct target *target, int type) {
    sock s = socket(target->v6 ? AF_INET6 : AF_INET, type, 0);
    int off = 0;
    if (s != NO_SOCK && target->v6) {
        setsockopt(s, IPPROTO_IPV6, IPV6_V6ONLY, (const char *)&off, sizeof off);
    }
    return s;
}

static enum outcome await_connect(sock s) {
    fd_set writable;
    fd_set failed;
    struct timeval wait = {PROBE_WAIT_SECONDS, 0};
    int error = 0;
    socklen_t size = sizeof error;
    FD_ZERO(&writable);
    FD_ZERO(&failed);
    FD_SET(s, &writable);
    FD_SET(s, &failed);
    /* Winsock says in the third set that a connection failed, Berkeley in the second. */
    int n = select((int)s + 1, NULL, &writable, &failed, &wait);
    if (n == 0) {
        return TIMEOUT;
    }
    if (n < 0 || getsockopt(s, SOL_SOCKET, SO_ERROR, (char *)&error, &size) != 0) {
        return FAILED;
    }
    return error == 0 ? REACHED : classify(error);
}

static bool no_change(void *with) {
    (void)with;
    return true;
}

enum outcome net_tcp(const struct target *target, const char *text) {
    return net_tcp_after(target, text, no_change, NULL);
}

enum outcome net_tcp_after(const struct target *target, const char *text, bool (*change)(void *), void *with) {
    union address to;
    socklen_t size = fill(&to, target);
    sock s = open_socket(target, SOCK_STREAM);
    if (s == NO_SOCK) {
        return classify(sock_error());
    }
    enum outcome outcome;
    if (!change(with) || !sock_nonblocking(s)) {
        outcome = FAILED;
    } else if (connect(s, &to.any, size) == 0) {
        outcome = REACHED;
    } else {
        int error = sock_error();
        outcome = sock_pending(error) ? await_connect(s) : classify(error);
    }
    if (outcome == REACHED) {
        /* Having connected is the finding; that the mark also arrives only confirms it. */
        (void)!send(s, text, (int)strlen(text), 0);
    }
    sock_close(s);
    return outcome;
}

enum outcome net_udp(const struct target *target, const char *text) {
    union address to;
    socklen_t size = fill(&to, target);
    sock s = open_socket(target, SOCK_DGRAM);
    if (s == NO_SOCK) {
        return classify(sock_error());
    }
    enum outcome outcome = sendto(s, text, (int)strlen(text), 0, &to.any, size) >= 0 ? SENT : classify(sock_error());
    sock_close(s);
    return outcome;
}

enum outcome net_listen(const struct target *target) {
    union address at;
    socklen_t size = fill(&at, target);
    sock s = open_socket(target, SOCK_STREAM);
    if (s == NO_SOCK) {
        return classify(sock_error());
    }
    enum outcome outcome =
        bind(s, &at.any, size) == 0 && listen(s, 1) == 0 ? LISTENING : classify(sock_error());
    sock_close(s);
    return outcome;
}
