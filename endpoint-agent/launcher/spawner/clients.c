#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../frame.h"
#include "fd_message.h"
#include "front.h"
#include "placeholder_table.h"

struct client *clients;

struct client *client_by_id(uint64_t id) {
    for (struct client *c = clients; c; c = c->next)
        if (c->id == id && !c->gone) return c;
    return NULL;
}

static uint32_t interest(const struct client *c) {
    return EPOLLIN | EPOLLRDHUP | (c->writing ? EPOLLOUT : 0u);
}

static void flush(struct client *c) {
    while (c->out.len) {
        ssize_t n = send(c->fd, c->out.data, c->out.len, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0 && errno == EAGAIN) break;
        if (n < 0) {
            client_close(c);
            return;
        }
        buf_consume(&c->out, (size_t)n);
    }
    bool wanted = c->out.len > 0;
    if (wanted != c->writing) {
        c->writing = wanted;
        watch_change(c->fd, interest(c));
    }
    if (!wanted && c->state == CLIENT_CLOSING) client_close(c);
}

void client_send(struct client *c, struct buf *frame, int fd) {
    if (frame->failed || c->gone) {
        client_close(c);
    } else if (fd < 0) {
        buf_put(&c->out, frame->data, frame->len);
        flush(c);
    } else {
        /* A small first message into an empty socket: all of it or the caller is not reading at all. */
        if (c->out.len || fd_message_send(c->fd, frame->data, frame->len, fd, MSG_DONTWAIT) != (ssize_t)frame->len) client_close(c);
    }
    buf_free(frame);
}

void client_reply(struct client *c, int exit, const char *out, const char *err) {
    struct buf b = {0};
    size_t begin = frame_begin(&b);
    buf_text(&b, "{");
    json_member_string(&b, "t", "reply");
    json_member_integer(&b, "exit", exit);
    json_member_string(&b, "stdout", out);
    json_member_string(&b, "stderr", err);
    buf_text(&b, "}");
    if (!frame_end(&b, begin)) b.failed = true;
    c->state = CLIENT_CLOSING;
    client_send(c, &b, -1);
}

void client_fail(struct client *c, const char *message) {
    struct buf b = {0};
    size_t begin = frame_begin(&b);
    buf_text(&b, "{");
    json_member_string(&b, "t", "failed");
    json_member_string(&b, "message", message);
    buf_text(&b, "}");
    if (!frame_end(&b, begin)) b.failed = true;
    c->state = CLIENT_CLOSING;
    client_send(c, &b, -1);
}

void client_hold_exit(struct client *c, int code, int signal) {
    c->state = CLIENT_RECORDING;
    c->exit_code = code;
    c->exit_signal = signal;
    c->until_ms = monotonic_ms() + RECORDING_MS;
}

void client_tell_exit(struct client *c) {
    struct buf b = {0};
    size_t begin = frame_begin(&b);
    buf_text(&b, "{");
    json_member_string(&b, "t", "exited");
    json_member_integer(&b, "code", c->exit_code);
    json_member_integer(&b, "signal", c->exit_signal);
    buf_text(&b, "}");
    if (!frame_end(&b, begin)) b.failed = true;
    c->state = CLIENT_CLOSING;
    client_send(c, &b, -1);
}

static void close_fds(struct client *c) {
    for (int i = 0; i < c->fd_count; i++) close(c->fds[i]);
    c->fd_count = 0;
}

void client_close(struct client *c) {
    if (c->gone) return;
    c->gone = true;
    if (c->run) {
        c->run->client = NULL;
        run_signal(c->run, SIGKILL, true);
    } else if (c->state == CLIENT_DECIDING || c->state == CLIENT_WAITING) {
        service_failed(c->id, "client", "the caller went away");
    }
    watch_remove(c->fd);
    close(c->fd);
    close_fds(c);
}

void clients_sweep(void) {
    int64_t now = monotonic_ms();
    for (struct client **at = &clients; *at;) {
        struct client *c = *at;
        if (!c->gone && c->state == CLIENT_READING && now > c->until_ms) client_close(c);
        if (!c->gone && c->state == CLIENT_RECORDING && now > c->until_ms) client_tell_exit(c);
        if (!c->gone) {
            at = &c->next;
            continue;
        }
        *at = c->next;
        if (c->waiting) plan_free(c->waiting);
        json_free(&c->request);
        buf_free(&c->in);
        buf_free(&c->out);
        free(c);
    }
}

static const char *resolve_cwd(struct client *c) {
    struct stat st;
    char link[32];
    if (fstat(c->fds[3], &st) != 0 || !S_ISDIR(st.st_mode)) return "the working directory is no directory";
    snprintf(link, sizeof link, "/proc/self/fd/%d", c->fds[3]);
    ssize_t n = readlink(link, c->cwd, sizeof c->cwd - 1);
    if (n <= 0) return "the working directory has no name";
    c->cwd[n] = 0;
    if (c->cwd[0] != '/' || st.st_nlink == 0) return "the working directory does not exist any more";
    return NULL;
}

static const char *check_request(struct client *c) {
    const struct json *r = c->request.root;
    const char *op = json_get_string(r, "op", "");
    c->is_run = strcmp(op, "run") == 0;
    if (!c->is_run && strcmp(op, "status") != 0 && strcmp(op, "explain") != 0 && strcmp(op, "hook") != 0) return "unknown operation";
    if (c->fd_count != CLIENT_FDS) return "expected the descriptors stdin, stdout, stderr and working directory";
    const struct json *argv = json_get(r, "argv"), *env = json_get(r, "env");
    if (!argv || argv->type != JSON_ARRAY || !env || env->type != JSON_OBJECT) return "expected argv and env";
    for (const struct json *a = argv->first; a; a = a->next)
        if (a->type != JSON_STRING) return "argv: expected texts";
    for (const struct json *e = env->first; e; e = e->next)
        if (e->type != JSON_STRING) return "env: expected texts";
    if (c->is_run && argv->count == 0) return "no command";
    return resolve_cwd(c);
}

static void write_member(struct buf *b, const struct json *from, const char *key, const char *otherwise) {
    const struct json *value = json_get(from, key);
    json_key(b, key);
    if (value) {
        json_value(b, value);
    } else {
        buf_text(b, otherwise);
    }
}

static void forward(struct client *c) {
    static const char *const texts[] = {"session", "toolCall", "reason", "traceparent"};
    const struct json *r = c->request.root;
    struct buf frame = {0};
    buf_text(&frame, "{");
    json_member_string(&frame, "t", "request");
    json_member_integer(&frame, "id", (int64_t)c->id);
    write_member(&frame, r, "op", "null");
    identity_write(&frame, &c->who);
    json_member_string(&frame, "cwd", c->cwd);
    write_member(&frame, r, "argv", "[]");
    write_member(&frame, r, "env", "{}");
    json_key(&frame, "tty");
    for (int i = 0; i < 3; i++) buf_printf(&frame, "%s%s", i ? "," : "[", isatty(c->fds[i]) ? "true" : "false");
    buf_text(&frame, "]");
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) json_member_string(&frame, texts[i], json_get_string(r, texts[i], NULL));
    write_member(&frame, r, "args", "{}");
    buf_text(&frame, "}");
    if (frame.failed || frame.len > FRAME_MAX) {
        client_fail(c, "arguments and environment are too large (more than 1 MiB)");
    } else {
        c->state = CLIENT_DECIDING;
        struct buf *b = service_frame();
        buf_put(b, frame.data, frame.len);
        service_send();
    }
    buf_free(&frame);
}

static void handle_frame(struct client *c, const char *payload, size_t size) {
    if (c->state == CLIENT_READING) {
        const char *wrong = json_read(&c->request, payload, size);
        if (!wrong) wrong = check_request(c);
        if (!wrong) wrong = identity_of_peer(c->fd, &c->who);
        if (wrong) {
            client_fail(c, wrong);
        } else if (c->is_run && placeholders_going()) {
            c->state = CLIENT_QUEUED;
        } else {
            forward(c);
        }
        return;
    }
    struct json_doc doc;
    if (!json_read(&doc, payload, size) && c->run && strcmp(json_get_string(doc.root, "t", ""), "signal") == 0)
        run_signal(c->run, (int)json_get_integer(doc.root, "signal", 0), json_get_bool(doc.root, "group", false));
    json_free(&doc);
}

void clients_forward_queued(void) {
    for (struct client *c = clients; c; c = c->next)
        if (!c->gone && c->state == CLIENT_QUEUED) forward(c);
}

/* Keeps at most CLIENT_FDS; what comes beyond is closed and the client with it. */
static bool take_fds(struct client *c, struct msghdr *m) {
    bool ok = !(m->msg_flags & MSG_CTRUNC);
    for (struct cmsghdr *h = CMSG_FIRSTHDR(m); h; h = CMSG_NXTHDR(m, h)) {
        if (h->cmsg_level != SOL_SOCKET || h->cmsg_type != SCM_RIGHTS) continue;
        size_t count = (h->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (size_t i = 0; i < count; i++) {
            int fd;
            memcpy(&fd, CMSG_DATA(h) + i * sizeof fd, sizeof fd);
            if (c->state == CLIENT_READING && c->fd_count < CLIENT_FDS) {
                c->fds[c->fd_count++] = fd;
            } else {
                close(fd);
                ok = false;
            }
        }
    }
    return ok;
}

static void on_client(void *context, uint32_t events) {
    struct client *c = context;
    if (events & EPOLLOUT) flush(c);
    if (c->gone || !(events & ~(uint32_t)EPOLLOUT)) return;
    char bytes[65536];
    union {
        struct cmsghdr align;
        char bytes[CMSG_SPACE(sizeof(int) * (CLIENT_FDS + 1))];
    } control;
    struct iovec part = {bytes, sizeof bytes};
    struct msghdr m = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control.bytes};
    ssize_t n = recvmsg(c->fd, &m, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    if (n < 0 && (errno == EAGAIN || errno == EINTR)) return;
    bool fds_ok = n < 0 || take_fds(c, &m);
    if (n <= 0 || !fds_ok) {
        client_close(c);
        return;
    }
    if (c->state == CLIENT_CLOSING) return;
    buf_put(&c->in, bytes, (size_t)n);
    const char *payload;
    size_t size;
    enum frame_state state;
    while (!c->gone && (state = frame_next(&c->in, &payload, &size)) == FRAME_READY) {
        handle_frame(c, payload, size);
        buf_consume(&c->in, size + 4);
    }
    if (!c->gone && (c->in.failed || state == FRAME_TOO_LARGE)) client_fail(c, "the request is too large (more than 1 MiB)");
}

static bool too_many(uid_t uid) {
    int all = 0, same = 0;
    for (struct client *c = clients; c; c = c->next) {
        all++;
        same += c->who.uid == uid;
    }
    return all >= MAX_CLIENTS || (uid != 0 && same >= MAX_CLIENTS_PER_USER);
}

static void on_listen(void *context, uint32_t events) {
    (void)events;
    static uint64_t last_id;
    int fd = accept4((int)(intptr_t)context, NULL, NULL, SOCK_CLOEXEC);
    if (fd < 0) return;
    struct ucred cred = {0};
    socklen_t size = sizeof cred;
    getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &cred, &size);
    struct client *c = too_many(cred.uid) ? NULL : calloc(1, sizeof *c);
    if (!c) {
        close(fd);
        return;
    }
    c->fd = fd;
    c->id = ++last_id;
    c->who.uid = cred.uid;
    c->until_ms = monotonic_ms() + 10000;
    c->next = clients;
    clients = c;
    watch_add(fd, interest(c), on_client, c);
}

void clients_listen(int listener) {
    watch_add(listener, EPOLLIN, on_listen, (void *)(intptr_t)listener);
}
