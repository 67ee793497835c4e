/* cordon-probe tries, as the account that confined commands run as, what the network fence should stop, and says what came
 * of it in one line of JSON. It decides nothing: the agent judges.
 *
 *   cordon-probe MARK KIND/ADDRESS/PORT...
 *   {"probe":1,"outcomes":{"tcp/127.0.0.1/80":"denied",...}}
 *
 * Kinds: tcp, udp, listen, echo, and tcp with a token that the process made for itself, so as to be known by it no more:
 * stripped, stripped-child, anonymous, identified, lowered. Where it gets through it sends "MARK KIND/ADDRESS/PORT". Exit status 2: the arguments are not of that form. */
#ifndef CORDON_PROBE_H
#define CORDON_PROBE_H

#include <stdbool.h>

#define PROBE_WAIT_SECONDS 3

enum outcome {
    REACHED,     /* connected */
    SENT,        /* the system took the datagram */
    LISTENING,
    REPLIED,     /* to an echo request */
    REFUSED,     /* nobody listens: so the packet got there */
    DENIED,      /* the system forbids it */
    TIMEOUT,
    UNAVAILABLE, /* no such address family, address or route */
    IMPOSSIBLE,  /* not on this system, or the account cannot be got rid of */
    FAILED       /* anything else */
};

struct target {
    bool v6;
    unsigned char address[16]; /* network order; the first four bytes for IPv4 */
    unsigned short port;
};

/* net.c: the same sockets everywhere. `text` is what to send. */
enum outcome net_tcp(const struct target *target, const char *text);
/* As net_tcp, but `change` is called between making the socket and using it. FAILED where it answers false. */
enum outcome net_tcp_after(const struct target *target, const char *text, bool (*change)(void *), void *with);
enum outcome net_udp(const struct target *target, const char *text);
enum outcome net_listen(const struct target *target);
bool net_parse(struct target *target, const char *address, const char *port);

/* os_*.c: what differs. */
bool os_start(void);
enum outcome os_echo(const struct target *target);
enum outcome os_stripped(const struct target *target, const char *text);
enum outcome os_stripped_child(const char *mark, const char *argument);
enum outcome os_anonymous(const struct target *target, const char *text);
enum outcome os_identified(const struct target *target, const char *text);
enum outcome os_lowered(const struct target *target, const char *text);

/* probe.c. The child that os_stripped_child() starts is this program with the arguments CHILD_WORD MARK ARGUMENT; its exit
 * status is CHILD_STATUS plus the outcome of a tcp attempt. */
#define CHILD_WORD "child"
#define CHILD_STATUS 100
int probe_main(int argc, char **argv);

#endif
