/* Carries loopback TCP connections of an offline run to the host's loopback, for the ports that the policy names. */
#ifndef CORDON_RELAY_H
#define CORDON_RELAY_H

#include "plan.h"

#define RELAY_MAX_CONNECTIONS 256

/* Listens on 127.0.0.1 and ::1 of the namespace; `listeners` takes up to 2 per port. Returns their count, -1 and errno
 * on failure. The calling thread ends in its own namespace. */
int relay_listen(int netns, const int *ports, int port_count, int *listeners);

/* Serves until killed. Runs in a process of its own, as the caller, in the host's namespace: what connects to a service on
 * the host is then the caller, never root. What connects to `hello_port` (0: none) is announced with `hello`, which says whose
 * connection it is and which nothing inside can say for itself. */
_Noreturn void relay_serve(const int *listeners, const int *ports, int listener_count, int hello_port, const char *hello);

#endif
