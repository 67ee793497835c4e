/* A growing byte buffer. After an allocation failure every further call is a no-op and `failed` stays set,
 * so that a writer checks once, at the end. */
#ifndef CORDON_BUF_H
#define CORDON_BUF_H

#include <stdbool.h>
#include <stddef.h>

struct buf {
    char *data;
    size_t len;
    size_t cap;
    bool failed;
};

void buf_put(struct buf *b, const void *bytes, size_t n);
void buf_text(struct buf *b, const char *text);
void buf_printf(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Drops the first n bytes. */
void buf_consume(struct buf *b, size_t n);
void buf_free(struct buf *b);

#endif
