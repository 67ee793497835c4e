/* Load for deploy/bench/egress: a server and clients on the loopback, through a proxy by CONNECT or direct. Prints one number.
 *
 *   load serve                        prints its port; a connection that begins with 'D' is sent bytes without end, one that
 *                                     begins with 'E' gets one byte back
 *   load bytes  PORT VIA AUTH SECONDS STREAMS   MB/s received over that many streams
 *   load opens  PORT VIA AUTH SECONDS CLIENTS   connections/s: connect, tunnel, one byte there and back, close
 *
 * VIA is the port of a proxy, or 0; AUTH a file with lines of base64 credentials, or -. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define CHUNK (256 << 10)
#define MAX_AUTH 64

static int port, via, auths;
static char auth[MAX_AUTH][256];
static double until;
static atomic_llong total, failed;
static atomic_int turn;

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int dial(int to) {
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons((uint16_t)to), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;
    struct timeval patience = {5, 0};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (connect(fd, (struct sockaddr *)&a, sizeof a) == 0) return fd;
    close(fd);
    return -1;
}

static int tunnel(void) {
    if (!via) return dial(port);
    int fd = dial(via);
    if (fd < 0) return -1;
    char text[1024];
    int n = snprintf(text, sizeof text, "CONNECT localhost:%d HTTP/1.1\r\nHost: localhost:%d\r\n", port, port);
    if (auths) n += snprintf(text + n, sizeof text - (size_t)n, "Proxy-Authorization: Basic %s\r\n", auth[turn++ % auths]);
    n += snprintf(text + n, sizeof text - (size_t)n, "\r\n");
    size_t got = 0;
    if (write(fd, text, (size_t)n) != n) goto broken;
    while (got < sizeof text - 1) {
        ssize_t r = read(fd, text + got, 1);
        if (r <= 0) goto broken;
        got += (size_t)r;
        if (got >= 4 && memcmp(text + got - 4, "\r\n\r\n", 4) == 0) break;
    }
    if (memcmp(text + 9, "200", 3) == 0) return fd;
broken:
    close(fd);
    return -1;
}

static void *serve_one(void *arg) {
    int fd = (int)(long)arg;
    char kind;
    if (read(fd, &kind, 1) == 1) {
        if (kind == 'E') {
            (void)!write(fd, &kind, 1);
            (void)!read(fd, &kind, 1);
        } else {
            char *bytes = calloc(1, CHUNK);
            while (send(fd, bytes, CHUNK, MSG_NOSIGNAL) > 0) continue;
            free(bytes);
        }
    }
    close(fd);
    return NULL;
}

static void serve(void) {
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof a;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;
    if (bind(fd, (struct sockaddr *)&a, size) != 0 || listen(fd, 1024) != 0) exit(1);
    getsockname(fd, (struct sockaddr *)&a, &size);
    printf("%d\n", ntohs(a.sin_port));
    fflush(stdout);
    pthread_attr_t small;
    pthread_attr_init(&small);
    pthread_attr_setdetachstate(&small, PTHREAD_CREATE_DETACHED);
    pthread_attr_setstacksize(&small, 64 << 10);
    for (;;) {
        int client = accept(fd, NULL, NULL);
        if (client < 0) continue;
        setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        pthread_t thread;
        if (pthread_create(&thread, &small, serve_one, (void *)(long)client) != 0) close(client);
    }
}

static void *receive(void *unused) {
    (void)unused;
    int fd = tunnel();
    char *bytes = malloc(CHUNK);
    if (fd < 0 || write(fd, "D", 1) != 1) failed++;
    else
        while (now() < until) {
            ssize_t n = read(fd, bytes, CHUNK);
            if (n <= 0) {
                failed++;
                break;
            }
            total += n;
        }
    if (fd >= 0) close(fd);
    free(bytes);
    return NULL;
}

static void *open_many(void *unused) {
    (void)unused;
    while (now() < until) {
        int fd = tunnel();
        char answer;
        if (fd >= 0 && write(fd, "E", 1) == 1 && read(fd, &answer, 1) == 1) total++;
        else failed++;
        if (fd >= 0) close(fd);
    }
    return NULL;
}

int main(int argc, char **argv) {
    signal(SIGPIPE, SIG_IGN);
    if (argc == 2 && strcmp(argv[1], "serve") == 0) serve();
    if (argc != 7) return 2;
    port = atoi(argv[2]), via = atoi(argv[3]);
    FILE *file = strcmp(argv[4], "-") ? fopen(argv[4], "r") : NULL;
    while (file && auths < MAX_AUTH && fscanf(file, "%255s", auth[auths]) == 1) auths++;
    double seconds = atof(argv[5]), began = now();
    int threads = atoi(argv[6]);
    pthread_t thread[256];
    until = began + seconds;
    for (int i = 0; i < threads && i < 256; i++) pthread_create(&thread[i], NULL, strcmp(argv[1], "bytes") ? open_many : receive, NULL);
    for (int i = 0; i < threads && i < 256; i++) pthread_join(thread[i], NULL);
    double rate = (double)total / (now() - began);
    printf("%.1f %lld\n", strcmp(argv[1], "bytes") ? rate : rate / 1e6, (long long)failed);
    return 0;
}
