#include "exit_status.h"

#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/wait.h>

/* PIDFD_GET_INFO of linux/pidfd.h, first published layout (64 bytes); spelled out because build systems have older headers. */
struct pidfd_facts {
    uint64_t mask, cgroup_id;
    uint32_t pid, tgid, ppid, ids[8];
    int32_t exit_code;
};
#define GET_FACTS _IOWR(0xFF, 11, struct pidfd_facts)
#define FACT_EXIT (1u << 3)

int exit_signal(int pidfd) {
    struct pidfd_facts facts = {.mask = FACT_EXIT};
    if (pidfd < 0 || ioctl(pidfd, GET_FACTS, &facts) != 0 || !(facts.mask & FACT_EXIT)) return 0;
    return WIFSIGNALED(facts.exit_code) ? WTERMSIG(facts.exit_code) : 0;
}
