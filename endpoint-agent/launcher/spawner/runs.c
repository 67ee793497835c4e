#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../frame.h"
#include "cgroup.h"
#include "front.h"
#include "netns.h"
#include "placeholder_table.h"
#include "proc_events.h"
#include "run.h"

#define MAX_EVENTS 2100 /* per run, so that a fork bomb does not become a flood of records */
#define SPARE_NETWORKS 2

struct run *runs;
static int spare_networks[SPARE_NETWORKS], spare_count;

/* A run is over when its keeper is: the channel's end says so. */
static void run_end(struct run *r) {
    if (!r->reported) {
        cgroup_discard(r->id);
        service_failed(r->id, "keeper", "the process that held the run was killed");
        if (r->client) client_fail(r->client, "the run was lost: the process that held it was killed");
    }
    watch_remove(r->channel);
    close(r->channel);
    proc_events_forget(r->id);
    if (r->client) r->client->run = NULL;
    for (struct run **at = &runs; *at; at = &(*at)->next) {
        if (*at != r) continue;
        *at = r->next;
        break;
    }
    plan_free(r->plan);
    free(r);
    placeholders_release();
}

static struct buf *begin(const char *type, uint64_t id) {
    struct buf *b = service_frame();
    buf_text(b, "{");
    json_member_string(b, "t", type);
    json_member_integer(b, "id", (int64_t)id);
    return b;
}

static void end(struct buf *b) {
    buf_text(b, "}");
    service_send();
}

static void tell_client(struct client *c, const char *type, int fd) {
    if (!c) return;
    struct buf b = {0};
    size_t start = frame_begin(&b);
    buf_text(&b, "{");
    json_member_string(&b, "t", type);
    buf_text(&b, "}");
    if (!frame_end(&b, start)) b.failed = true;
    client_send(c, &b, fd);
}

static void on_process(const struct process_event *event) {
    struct run *r = runs;
    while (r && r->id != event->run) r = r->next;
    if (!r || r->reported || ++r->events > MAX_EVENTS) return;
    struct buf *b = begin("process", r->id);
    json_member_string(b, "kind", event->kind);
    json_member_integer(b, "pid", event->pid);
    if (event->ppid) json_member_integer(b, "ppid", event->ppid);
    if (event->exe) json_member_string(b, "exe", event->exe);
    if (event->args) {
        json_key(b, "args");
        buf_text(b, "[");
        for (const char *arg = event->args; arg < event->args + event->args_size; arg += strlen(arg) + 1) {
            if (arg != event->args) buf_text(b, ",");
            json_string(b, arg);
        }
        buf_text(b, "]");
        if (event->args_cut) json_member_bool(b, "argsTruncated", true);
    }
    if (event->exit_code >= 0) json_member_integer(b, "exitCode", event->exit_code);
    json_member_integer(b, "at", event->at);
    end(b);
}

static void report_exit(struct run *r, const struct note *note) {
    static const char *const names[] = {"processes", "memory", "wallClock"};
    proc_events_read(on_process); /* the tree first, then the end */
    r->reported = true;
    struct buf *b = begin("exited", r->id);
    json_member_integer(b, "exitCode", note->code);
    json_member_integer(b, "signal", note->signal);
    json_key(b, "limitsHit");
    buf_text(b, "[");
    bool first = true;
    for (unsigned i = 0; i < 3; i++) {
        if (!(note->limits & 1u << i)) continue;
        if (!first) buf_text(b, ",");
        json_string(b, names[i]);
        first = false;
    }
    buf_text(b, "]");
    json_member_integer(b, "at", note->at);
    json_member_integer(b, "maxRssKiB", note->max_memory_kib);
    json_member_integer(b, "cpuMicros", note->cpu_micros);
    json_member_bool(b, "processesTruncated", r->events > MAX_EVENTS);
    end(b);
    if (r->client) client_hold_exit(r->client, note->code, note->signal);
}

static void on_note(struct run *r, const struct note *note, int fd) {
    switch (note->kind) {
        case NOTE_PTY:
            if (fd >= 0) tell_client(r->client, "pty", fd);
            break;
        case NOTE_CREATED:
            placeholders_hold(r->plan, note->created);
            break;
        case NOTE_STARTED: {
            struct buf *b = begin("started", r->id);
            json_member_integer(b, "pid", note->pid);
            json_member_integer(b, "at", note->at);
            end(b);
            break;
        }
        case NOTE_STOPPED:
            tell_client(r->client, "stopped", -1);
            break;
        case NOTE_EXITED:
            report_exit(r, note);
            break;
        case NOTE_FAILED:
            r->reported = true;
            service_failed(r->id, note->stage, note->text);
            if (r->client) {
                char text[600];
                snprintf(text, sizeof text, "the sandbox could not be started (%s): %s", note->stage, note->text);
                client_fail(r->client, text);
            }
            break;
    }
}

static void on_channel(void *context, uint32_t events) {
    (void)events;
    struct run *r = context;
    struct note note;
    union {
        struct cmsghdr align;
        char bytes[CMSG_SPACE(sizeof(int))];
    } control;
    struct iovec part = {&note, sizeof note};
    struct msghdr m = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control.bytes};
    ssize_t n = recvmsg(r->channel, &m, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    if (n < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (n != (ssize_t)sizeof note) {
        run_end(r);
        return;
    }
    int fd = -1;
    struct cmsghdr *h = CMSG_FIRSTHDR(&m);
    if (h && h->cmsg_level == SOL_SOCKET && h->cmsg_type == SCM_RIGHTS) memcpy(&fd, CMSG_DATA(h), sizeof fd);
    on_note(r, &note, fd);
    if (fd >= 0) close(fd);
}

static int take_network(void) {
    return spare_count ? spare_networks[--spare_count] : netns_create();
}

static void refuse(struct client *c, const char *stage, const char *why) {
    char text[600];
    service_failed(c->id, stage, why);
    snprintf(text, sizeof text, "nothing was started (%s): %s", stage, why);
    client_fail(c, text);
}

static void start(struct client *c, struct plan *plan) {
    struct run *r = calloc(1, sizeof *r);
    struct run_input input = {.id = c->id, .plan = plan, .sandbox = &settings.sandbox, .stdio = {c->fds[0], c->fds[1], c->fds[2]}, .netns = -1, .open_files = settings.open_files};
    input.umask = (unsigned)json_get_integer(c->request.root, "umask", 022) & 0777;
    input.nice = getpriority(PRIO_PROCESS, (id_t)c->who.pid);
    placeholders_revive(plan);
    if (plan->offline) input.netns = take_network();
    proc_events_expect();
    bool ready = r && (!plan->offline || input.netns >= 0);
    if (ready) tell_client(c, "started", -1); /* before its first output, which the caller may answer with a signal */
    if (ready && !c->gone) r->keeper = run_start(&input, &r->channel);
    if (!r || r->keeper <= 0) {
        proc_events_forget(c->id);
        if (!c->gone) refuse(c, "start", strerror(errno));
        plan_free(plan);
        free(r);
    } else {
        r->id = c->id;
        r->client = c;
        r->plan = plan;
        r->next = runs;
        runs = r;
        c->run = r;
        c->state = CLIENT_RUNNING;
        proc_events_follow(r->id, r->keeper);
        watch_add(r->channel, EPOLLIN, on_channel, r);
        for (int i = 0; i < c->fd_count; i++) close(c->fds[i]);
        c->fd_count = 0;
    }
    if (input.netns >= 0) close(input.netns);
}

void run_plan(struct client *c, struct json_doc *doc, const struct json *object) {
    struct plan *plan = calloc(1, sizeof *plan);
    if (!plan) {
        json_free(doc);
        refuse(c, "start", "out of memory");
        return;
    }
    plan->doc = *doc;
    struct plan_rules rules = {.caller = &c->who, .argv = json_get(c->request.root, "argv"), .cwd = c->cwd, .protect_count = settings.protect_count};
    memcpy(rules.protect, settings.protect, sizeof rules.protect);
    const char *wrong = plan_read(plan, object);
    if (!wrong) wrong = plan_check(plan, &rules);
    if (!wrong && !c->is_run) wrong = "the request was no run";
    if (wrong) {
        refuse(c, "plan-check", wrong);
        plan_free(plan);
    } else if (placeholders_busy()) {
        c->waiting = plan;
        c->state = CLIENT_WAITING;
    } else {
        start(c, plan);
    }
}

void run_signal(struct run *r, int signal, bool group) {
    struct order order = {signal, group};
    (void)!send(r->channel, &order, sizeof order, MSG_NOSIGNAL | MSG_DONTWAIT);
}

static void on_processes(void *context, uint32_t events) {
    (void)context, (void)events;
    proc_events_read(on_process);
}

bool runs_start(void) {
    cgroup_start();
    int fd = proc_events_open();
    if (fd >= 0) watch_add(fd, EPOLLIN, on_processes, NULL);
    return fd >= 0;
}

void runs_turn(void) {
    if (!placeholders_going()) clients_forward_queued();
    if (!placeholders_busy()) {
        for (struct client *c = clients; c; c = c->next) {
            if (c->gone || c->state != CLIENT_WAITING) continue;
            struct plan *plan = c->waiting;
            c->waiting = NULL;
            start(c, plan);
        }
    }
    if (spare_count < SPARE_NETWORKS) {
        int fd = netns_create();
        if (fd >= 0) spare_networks[spare_count++] = fd;
    }
}
