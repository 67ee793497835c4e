#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "../frame.h"
#include "front.h"

#define MAX_BACKLOG (64u << 20)

static struct buf in, out;
static size_t frame_at;
static bool writing;

/* Without the service nothing decides and nothing records, so nothing runs: keepers see their channels close. */
static _Noreturn void end(const char *why) {
    if (why) fprintf(stderr, "cordon-spawner: %s\n", why);
    unlink(settings.socket);
    exit(why ? 1 : 0);
}

static void flush(void) {
    while (out.len) {
        ssize_t n = write(1, out.data, out.len);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0 && errno == EAGAIN) break;
        if (n < 0) end(NULL);
        buf_consume(&out, (size_t)n);
    }
    bool wanted = out.len > 0;
    if (wanted == writing) return;
    writing = wanted;
    watch_change(1, wanted ? EPOLLOUT : 0);
}

struct buf *service_frame(void) {
    frame_at = frame_begin(&out);
    return &out;
}

void service_send(void) {
    if (out.failed || !frame_end(&out, frame_at)) end("a frame for the service is too large");
    if (out.len > MAX_BACKLOG) end("the service does not read");
    flush();
}

void service_failed(uint64_t id, const char *stage, const char *error) {
    struct buf *b = service_frame();
    buf_text(b, "{");
    json_member_string(b, "t", "failed");
    json_member_integer(b, "id", (int64_t)id);
    json_member_string(b, "stage", stage);
    json_member_string(b, "error", error);
    buf_text(b, "}");
    service_send();
}

/* Takes over doc. Messages about a request whose caller is gone are dropped: the service was told. */
static void handle(struct json_doc *doc) {
    const struct json *message = doc->root;
    const char *type = json_get_string(message, "t", "");
    struct client *c = client_by_id((uint64_t)json_get_integer(message, "id", 0));
    if (c && strcmp(type, "plan") == 0 && c->state == CLIENT_DECIDING) {
        run_plan(c, doc, json_get(message, "plan"));
        return;
    }
    if (c && strcmp(type, "reply") == 0 && c->state == CLIENT_DECIDING) {
        client_reply(c, (int)json_get_integer(message, "exit", 125), json_get_string(message, "stdout", ""), json_get_string(message, "stderr", ""));
    } else if (c && strcmp(type, "recorded") == 0 && c->state == CLIENT_RECORDING) {
        client_tell_exit(c);
    } else if (c && strcmp(type, "kill") == 0 && c->run) {
        run_signal(c->run, 9, true);
    }
    json_free(doc);
}

static void on_input(void *context, uint32_t events) {
    (void)context, (void)events;
    char bytes[65536];
    ssize_t n = read(0, bytes, sizeof bytes);
    if (n < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (n <= 0) end(NULL);
    buf_put(&in, bytes, (size_t)n);
    const char *payload;
    size_t size;
    enum frame_state state;
    while ((state = frame_next(&in, &payload, &size)) == FRAME_READY) {
        struct json_doc doc;
        const char *wrong = json_read(&doc, payload, size);
        if (wrong) end("the service sent a frame that is no JSON");
        buf_consume(&in, size + 4);
        handle(&doc);
    }
    if (state == FRAME_TOO_LARGE || in.failed) end("the service sent a frame that is too large");
}

static void on_output(void *context, uint32_t events) {
    (void)context;
    if (events & (EPOLLERR | EPOLLHUP)) end(NULL);
    flush();
}

void service_start(void) {
    fcntl(0, F_SETFL, fcntl(0, F_GETFL) | O_NONBLOCK);
    fcntl(1, F_SETFL, fcntl(1, F_GETFL) | O_NONBLOCK);
    watch_add(0, EPOLLIN, on_input, NULL);
    watch_add(1, 0, on_output, NULL);
}
