/* The empty network namespace of an offline run. The spawner makes it, so that it belongs to the host's user namespace
 * and nothing inside the sandbox holds a capability over it. */
#ifndef CORDON_NETNS_H
#define CORDON_NETNS_H

/* A descriptor (close-on-exec) of a new namespace that has only a loopback device, which is up; the calling thread
 * is back in its own namespace. -1 and errno on failure. */
int netns_create(void);

/* Moves the calling thread. 0, or -1 and errno. */
int netns_enter(int fd);

/* A descriptor of the calling thread's namespace. */
int netns_current(void);

#endif
