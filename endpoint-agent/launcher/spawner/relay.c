#define _GNU_SOURCE
#include "relay.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "netns.h"

#define CHUNK 65536

/* One direction of a connection: bytes read from one end that the other has not taken yet. */
struct way {
    char *bytes;
    size_t at, len;
    bool ended;  /* the source will send no more */
    bool closed; /* and the target was told so */
};

struct connection;

struct end {
    int fd;
    struct connection *of;
    uint32_t events;
};

struct connection {
    struct end ends[2]; /* 0: sandbox, 1: host */
    struct way ways[2]; /* 0: sandbox to host, 1: host to sandbox */
    bool connecting, dead;
    struct connection *next;
};

static int epoll;
static struct connection *dead;
static int open_connections;
static int announced_port;
static const char *announcement;

static int listen_on(int family, int port) {
    struct sockaddr_in four = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct sockaddr_in6 six = {.sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port), .sin6_addr = IN6ADDR_LOOPBACK_INIT};
    int fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) return -1;
    int on = 1;
    if (family == AF_INET6) setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
    const struct sockaddr *address = family == AF_INET ? (const struct sockaddr *)&four : (const struct sockaddr *)&six;
    socklen_t size = family == AF_INET ? sizeof four : sizeof six;
    if (bind(fd, address, size) == 0 && listen(fd, 64) == 0) return fd;
    close(fd);
    return -1;
}

int relay_listen(int netns, const int *ports, int port_count, int *listeners) {
    int own = netns_current(), count = 0;
    if (own < 0) return -1;
    if (netns_enter(netns) != 0) {
        close(own);
        return -1;
    }
    bool ok = true;
    for (int i = 0; i < port_count; i++) {
        listeners[2 * i] = listen_on(AF_INET, ports[i]);
        listeners[2 * i + 1] = listen_on(AF_INET6, ports[i]); /* a host without IPv6 has none: not an error */
        ok &= listeners[2 * i] >= 0;
        count += 2;
    }
    int error = errno;
    if (netns_enter(own) != 0) abort();
    close(own);
    errno = error;
    return ok ? count : -1;
}

static void watch(struct end *e, uint32_t events) {
    if (e->events == events) return;
    struct epoll_event event = {.events = events, .data.ptr = e};
    epoll_ctl(epoll, EPOLL_CTL_MOD, e->fd, &event);
    e->events = events;
}

static void drop(struct connection *c) {
    if (c->dead) return;
    c->dead = true; /* freed after the batch of events: the other end may be in it */
    for (int i = 0; i < 2; i++) {
        close(c->ends[i].fd);
        free(c->ways[i].bytes);
    }
    c->next = dead;
    dead = c;
    open_connections--;
}

static bool pump(struct connection *c, int from) {
    struct way *w = &c->ways[from];
    int source = c->ends[from].fd, target = c->ends[!from].fd;
    if (w->len == 0 && !w->ended) {
        ssize_t n = recv(source, w->bytes, CHUNK, 0);
        if (n < 0 && errno != EAGAIN && errno != EINTR) return false;
        if (n == 0) w->ended = true;
        if (n > 0) w->at = 0, w->len = (size_t)n;
    }
    if (w->len) {
        ssize_t n = send(target, w->bytes + w->at, w->len, MSG_NOSIGNAL);
        if (n < 0 && errno != EAGAIN && errno != EINTR) return false;
        if (n > 0) w->at += (size_t)n, w->len -= (size_t)n;
    }
    if (w->ended && w->len == 0 && !w->closed) {
        shutdown(target, SHUT_WR);
        w->closed = true;
    }
    return !(c->ways[0].closed && c->ways[1].closed);
}

static void serve(struct connection *c) {
    if (c->dead) return;
    if (c->connecting) {
        int error = 0;
        socklen_t size = sizeof error;
        getsockopt(c->ends[1].fd, SOL_SOCKET, SO_ERROR, &error, &size);
        if (error) {
            struct linger reset = {1, 0}; /* refused there, so refused here, as far as TCP can say it afterwards */
            setsockopt(c->ends[0].fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
            drop(c);
            return;
        }
        c->connecting = false;
    }
    if (!pump(c, 0) || !pump(c, 1)) {
        drop(c);
        return;
    }
    for (int i = 0; i < 2; i++) {
        uint32_t events = c->ways[!i].len ? EPOLLOUT : 0;
        if (!c->ways[i].len && !c->ways[i].ended) events |= EPOLLIN;
        watch(&c->ends[i], events);
    }
}

static int connect_host(int port) {
    struct sockaddr_in four = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd >= 0 && connect(fd, (struct sockaddr *)&four, sizeof four) != 0 && errno != EINPROGRESS) {
        close(fd);
        return -1;
    }
    return fd;
}

static void take(int listener, int port) {
    int inside = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (inside < 0) return;
    int host = open_connections < RELAY_MAX_CONNECTIONS ? connect_host(port) : -1;
    struct connection *c = host >= 0 ? calloc(1, sizeof *c) : NULL;
    if (c) {
        c->ways[0].bytes = malloc(CHUNK);
        c->ways[1].bytes = malloc(CHUNK);
    }
    if (!c || !c->ways[0].bytes || !c->ways[1].bytes) {
        close(inside);
        if (host >= 0) close(host);
        if (c) free(c->ways[0].bytes), free(c->ways[1].bytes), free(c);
        return;
    }
    int on = 1;
    setsockopt(inside, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    setsockopt(host, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (port == announced_port) {
        c->ways[0].len = strlen(announcement); /* far below CHUNK: the plan's check bounds it */
        memcpy(c->ways[0].bytes, announcement, c->ways[0].len);
    }
    c->connecting = true;
    int fds[2] = {inside, host};
    for (int i = 0; i < 2; i++) {
        c->ends[i] = (struct end){.fd = fds[i], .of = c, .events = i ? EPOLLOUT : 0};
        struct epoll_event event = {.events = c->ends[i].events, .data.ptr = &c->ends[i]};
        epoll_ctl(epoll, EPOLL_CTL_ADD, fds[i], &event);
    }
    open_connections++;
}

void relay_serve(const int *listeners, const int *ports, int listener_count, int hello_port, const char *hello) {
    announced_port = hello_port;
    announcement = hello;
    struct end fronts[2 * PLAN_MAX_PORTS];
    epoll = epoll_create1(EPOLL_CLOEXEC);
    for (int i = 0; i < listener_count; i++) {
        fronts[i] = (struct end){.fd = listeners[i]};
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = &fronts[i]};
        if (listeners[i] >= 0) epoll_ctl(epoll, EPOLL_CTL_ADD, listeners[i], &event);
    }
    for (;;) {
        struct epoll_event events[64];
        int n = epoll_wait(epoll, events, 64, -1);
        for (int i = 0; i < n; i++) {
            struct end *e = events[i].data.ptr;
            if (e->of) serve(e->of);
            else take(e->fd, ports[(e - fronts) / 2]);
        }
        while (dead) {
            struct connection *c = dead;
            dead = c->next;
            free(c);
        }
        if (n < 0 && errno != EINTR) _exit(1);
    }
}
