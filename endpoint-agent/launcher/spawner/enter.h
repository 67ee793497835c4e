/* The last step inside the sandbox: `cordon-spawner --enter FLAGS OPEN-FILES NICE -- COMMAND…`, started by bubblewrap from an
 * inherited descriptor. It restores the caller's stderr, takes the terminal, lowers limits, and becomes the command. */
#ifndef CORDON_ENTER_H
#define CORDON_ENTER_H

/* Descriptors that the keeper's child leaves open for it. */
enum { ENTER_STATUS_FD = 7, ENTER_STDERR_FD = 8, ENTER_PROGRAM_FD = 9 };

/* Messages on ENTER_STATUS_FD, one byte of kind each and what follows it. The kernel adds the sender's pid. */
enum {
    STATUS_CREATED = 'P', /* PLAN_MAX_PLACEHOLDERS bytes: struct placeholders.created */
    STATUS_FAILED = 'F',  /* "stage\0text": nothing of the sandbox was started */
    STATUS_COMMAND = 'S', /* the sender is about to become the command; with a pidfd of it, which outlives the shortest command */
    STATUS_STOPPED = 'T', /* the command was suspended by its terminal */
};

int enter_main(int argc, char **argv);

#endif
