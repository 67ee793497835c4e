/* What the parts of the spawner's own process share: the clients, their runs, and the way to the Java service. */
#ifndef CORDON_FRONT_H
#define CORDON_FRONT_H

#include <limits.h>
#include <sys/resource.h>

#include "../buf.h"
#include "../json.h"
#include "identity.h"
#include "mounts.h"
#include "plan.h"

#define CORDON_VERSION "0.1.0"
#define CLIENT_FDS 4 /* stdin, stdout, stderr, working directory */
#define MAX_CLIENTS 512
#define MAX_CLIENTS_PER_USER 128

enum client_state {
    CLIENT_READING,
    CLIENT_QUEUED,   /* not forwarded yet: placeholders are going */
    CLIENT_DECIDING, /* the service has the request */
    CLIENT_WAITING,  /* a plan was accepted, placeholders of earlier runs are still being removed */
    CLIENT_RUNNING,
    CLIENT_RECORDING, /* the run is over, its record not yet durable */
    CLIENT_CLOSING
};

struct client {
    struct client *next;
    enum client_state state;
    bool gone; /* freed at the end of the turn of the event loop */
    int fd;
    uint64_t id;
    int64_t until_ms; /* monotonic: the end of CLIENT_READING or CLIENT_RECORDING */
    int exit_code, exit_signal;
    struct buf in, out;
    bool writing; /* waits until the socket takes more */
    int fds[CLIENT_FDS];
    int fd_count;
    struct identity who;
    struct json_doc request;
    char cwd[PATH_MAX];
    bool is_run;
    struct plan *waiting; /* CLIENT_WAITING: checked, held back until placeholders are removed */
    struct run *run;
};

struct run {
    struct run *next;
    uint64_t id;
    struct client *client; /* NULL once the caller is gone */
    struct plan *plan;
    pid_t keeper;
    int channel;
    bool reported;
    int events;
};

struct settings {
    const char *socket;
    struct sandbox sandbox;
    const char *protect[PLAN_MAX_PROTECT];
    int protect_count;
    struct rlimit open_files; /* from before the spawner raised its own */
};

extern struct settings settings;
extern struct client *clients;
extern struct run *runs;

/* events.c: one descriptor, one callback */
typedef void (*on_ready)(void *context, uint32_t events);
void watch_add(int fd, uint32_t events, on_ready act, void *context);
void watch_change(int fd, uint32_t events);
void watch_remove(int fd);
void watch_loop(int timeout_ms, void (*each_turn)(void));
int64_t monotonic_ms(void);

/* service.c: the Java service on stdin and stdout */
void service_start(void);
struct buf *service_frame(void); /* begin a frame; then service_send() */
void service_send(void);
void service_failed(uint64_t id, const char *stage, const char *error);

/* clients.c */
void clients_listen(int listener);
struct client *client_by_id(uint64_t id);
void client_send(struct client *c, struct buf *frame, int fd); /* fd -1: none; frees frame */
void client_reply(struct client *c, int exit, const char *out, const char *err);
void client_fail(struct client *c, const char *message);
/* Tells the exit status once the service has recorded the run, or after RECORDING_MS: a stuck service must not hang callers. */
#define RECORDING_MS 3000
void client_hold_exit(struct client *c, int code, int signal);
void client_tell_exit(struct client *c);
void client_close(struct client *c);
void clients_forward_queued(void);
void clients_sweep(void);

/* runs.c */
void run_plan(struct client *c, struct json_doc *doc, const struct json *plan);
void run_signal(struct run *r, int signal, bool group);
bool runs_start(void); /* true: process events are to be had */
void runs_turn(void);

#endif
