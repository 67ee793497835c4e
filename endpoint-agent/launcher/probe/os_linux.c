/* For testing the probe where it is built. There is no account to get rid of. */
#include "probe.h"

#include <netinet/in.h>
#include <netinet/ip_icmp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

bool os_start(void) {
    return true;
}

enum outcome os_echo(const struct target *target) {
    struct sockaddr_in to = {.sin_family = AF_INET};
    struct icmphdr request = {.type = ICMP_ECHO};
    if (target->v6) {
        return UNAVAILABLE;
    }
    memcpy(&to.sin_addr, target->address, 4);
    int s = socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP);
    if (s < 0) {
        return DENIED;
    }
    struct pollfd poll_reply = {.fd = s, .events = POLLIN};
    enum outcome outcome = DENIED;
    if (sendto(s, &request, sizeof request, 0, (struct sockaddr *)&to, sizeof to) >= 0) {
        outcome = poll(&poll_reply, 1, PROBE_WAIT_SECONDS * 1000) == 1 ? REPLIED : TIMEOUT;
    }
    close(s);
    return outcome;
}

enum outcome os_stripped(const struct target *target, const char *text) {
    (void)target;
    (void)text;
    return IMPOSSIBLE;
}

enum outcome os_stripped_child(const char *mark, const char *argument) {
    (void)mark;
    (void)argument;
    return IMPOSSIBLE;
}

enum outcome os_anonymous(const struct target *target, const char *text) {
    (void)target;
    (void)text;
    return IMPOSSIBLE;
}

enum outcome os_identified(const struct target *target, const char *text) {
    (void)target;
    (void)text;
    return IMPOSSIBLE;
}

enum outcome os_lowered(const struct target *target, const char *text) {
    (void)target;
    (void)text;
    return IMPOSSIBLE;
}

int main(int argc, char **argv) {
    return probe_main(argc, argv);
}
