#define _GNU_SOURCE
#include "netns.h"

#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

int netns_current(void) {
    return open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
}

int netns_enter(int fd) {
    return setns(fd, CLONE_NEWNET);
}

static int loopback_up(void) {
    struct ifreq request = {.ifr_flags = IFF_UP | IFF_RUNNING};
    memcpy(request.ifr_name, "lo", 3);
    int s = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (s < 0) return -1;
    int result = ioctl(s, SIOCSIFFLAGS, &request);
    close(s);
    return result;
}

int netns_create(void) {
    int own = netns_current();
    if (own < 0) return -1;
    int made = -1;
    if (unshare(CLONE_NEWNET) == 0) {
        if (loopback_up() == 0) made = netns_current();
        int error = errno;
        if (netns_enter(own) != 0) {
            /* Going on in the wrong namespace would take the host's network from every later run. */
            perror("cordon-spawner: cannot return to the host's network");
            abort();
        }
        errno = error;
    }
    close(own);
    return made;
}
