#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

#include "front.h"

#define MAX_FDS 8192

/* The serial number tells an event for a closed descriptor from one for its successor in the same batch. */
static struct watched {
    on_ready act;
    void *context;
    uint32_t serial;
} watched[MAX_FDS];
static int epoll = -1;

static void control(int operation, int fd, uint32_t events) {
    struct epoll_event event = {.events = events, .data.u64 = (uint64_t)watched[fd].serial << 32 | (uint32_t)fd};
    if (epoll_ctl(epoll, operation, fd, &event) != 0) perror("cordon-spawner: epoll");
}

void watch_add(int fd, uint32_t events, on_ready act, void *context) {
    if (epoll < 0) epoll = epoll_create1(EPOLL_CLOEXEC);
    if (fd >= MAX_FDS) abort(); /* clients and runs are bounded far below */
    watched[fd].act = act;
    watched[fd].context = context;
    watched[fd].serial++;
    control(EPOLL_CTL_ADD, fd, events);
}

void watch_change(int fd, uint32_t events) {
    control(EPOLL_CTL_MOD, fd, events);
}

void watch_remove(int fd) {
    epoll_ctl(epoll, EPOLL_CTL_DEL, fd, NULL);
    watched[fd].act = NULL;
}

int64_t monotonic_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void watch_loop(int timeout_ms, void (*each_turn)(void)) {
    for (;;) {
        struct epoll_event events[64];
        int n = epoll_wait(epoll, events, 64, timeout_ms);
        if (n < 0 && errno != EINTR) {
            perror("cordon-spawner: epoll_wait");
            exit(1);
        }
        for (int i = 0; i < n; i++) {
            struct watched *w = &watched[events[i].data.u64 & 0xFFFFFFFF];
            if (w->act && w->serial == events[i].data.u64 >> 32) w->act(w->context, events[i].events);
        }
        each_turn();
    }
}
