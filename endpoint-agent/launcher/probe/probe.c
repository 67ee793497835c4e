#include "probe.h"

#include <stdio.h>
#include <string.h>

#define LONGEST 128

static const char *const WORDS[] = {"reached", "sent",    "listening",   "replied",    "refused",
                                    "denied",  "timeout", "unavailable", "impossible", "error"};

struct attempt {
    char kind[24];
    struct target target;
};

/* Nothing that JSON would have to escape. */
static bool is_plain(const char *text) {
    size_t n = strlen(text);
    return n > 0 && n < LONGEST && strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789.:/-") == n;
}

static bool parse(struct attempt *attempt, const char *argument) {
    char address[64];
    char port[8];
    return is_plain(argument) && sscanf(argument, "%23[^/]/%63[^/]/%7[0-9]", attempt->kind, address, port) == 3 &&
           net_parse(&attempt->target, address, port);
}

static enum outcome try(const struct attempt *attempt, const char *mark, const char *argument) {
    char text[2 * LONGEST + 2];
    snprintf(text, sizeof text, "%s %s\n", mark, argument);
    if (strcmp(attempt->kind, "tcp") == 0) {
        return net_tcp(&attempt->target, text);
    }
    if (strcmp(attempt->kind, "udp") == 0) {
        return net_udp(&attempt->target, text);
    }
    if (strcmp(attempt->kind, "listen") == 0) {
        return net_listen(&attempt->target);
    }
    if (strcmp(attempt->kind, "echo") == 0) {
        return os_echo(&attempt->target);
    }
    if (strcmp(attempt->kind, "stripped") == 0) {
        return os_stripped(&attempt->target, text);
    }
    if (strcmp(attempt->kind, "stripped-child") == 0) {
        return os_stripped_child(mark, argument);
    }
    if (strcmp(attempt->kind, "anonymous") == 0) {
        return os_anonymous(&attempt->target, text);
    }
    if (strcmp(attempt->kind, "identified") == 0) {
        return os_identified(&attempt->target, text);
    }
    if (strcmp(attempt->kind, "lowered") == 0) {
        return os_lowered(&attempt->target, text);
    }
    return FAILED;
}

static int child(const char *mark, const char *argument) {
    struct attempt attempt;
    char text[2 * LONGEST + 2];
    if (!is_plain(mark) || !parse(&attempt, argument) || !os_start()) {
        return 2;
    }
    snprintf(text, sizeof text, "%s %s\n", mark, argument);
    return CHILD_STATUS + (int)net_tcp(&attempt.target, text);
}

int probe_main(int argc, char **argv) {
    if (argc == 4 && strcmp(argv[1], CHILD_WORD) == 0) {
        return child(argv[2], argv[3]);
    }
    if (argc < 3 || !is_plain(argv[1])) {
        fputs("usage: cordon-probe MARK KIND/ADDRESS/PORT...\n", stderr);
        return 2;
    }
    if (!os_start()) {
        fputs("cordon-probe: the system has no sockets\n", stderr);
        return 1;
    }
    fputs("{\"probe\":1,\"outcomes\":{", stdout);
    for (int i = 2; i < argc; i++) {
        struct attempt attempt;
        if (!parse(&attempt, argv[i])) {
            fprintf(stderr, "cordon-probe: argument %d: not KIND/ADDRESS/PORT\n", i);
            return 2;
        }
        printf("%s\"%s\":\"%s\"", i == 2 ? "" : ",", argv[i], WORDS[try(&attempt, argv[1], argv[i])]);
    }
    fputs("}}\n", stdout);
    return fflush(stdout) == 0 ? 0 : 1;
}
