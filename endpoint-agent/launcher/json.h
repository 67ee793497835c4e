/* A bounded JSON reader and writer: objects, arrays, strings, 64-bit integers, booleans and null; no fractions,
 * since nothing in the protocol needs one (what other programs write may have them: json_read_foreign).
 *
 * Arguments and environment of Unix are bytes, JSON is text: a byte that is not valid UTF-8 travels as the lone low
 * surrogate \udc80..\udcff (the convention that Python calls surrogateescape), in both directions. Those of Windows are UTF-16,
 * held here as utf16.h says: a lone surrogate travels as itself, \ud800..\udfff. */
#ifndef CORDON_JSON_H
#define CORDON_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"

/* 1: the texts of this system are UTF-16. */
#ifndef JSON_UTF16
#ifdef _WIN32
#define JSON_UTF16 1
#else
#define JSON_UTF16 0
#endif
#endif

#define JSON_MAX_DEPTH 16
#define JSON_MAX_NODES 131072

enum json_type { JSON_NULL, JSON_BOOL, JSON_INTEGER, JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT };

struct json {
    enum json_type type;
    int64_t integer;    /* JSON_INTEGER; 0 or 1 for JSON_BOOL */
    const char *text;   /* JSON_STRING, JSON_NUMBER; NUL-terminated; it holds no other NUL */
    const char *key;    /* of a member of an object */
    struct json *first; /* child of an array or object */
    struct json *next;  /* sibling */
    size_t count;       /* children */
};

struct json_doc {
    struct json *root;
    char *copy;
    struct json *nodes;
    size_t used;
};

/* Returns NULL, or what is wrong (a constant text); the document needs json_free() in either case. */
const char *json_read(struct json_doc *doc, const char *bytes, size_t n);
/* The same of another program's JSON: its numbers, also fractions, are JSON_NUMBER and keep the text that they have. */
const char *json_read_foreign(struct json_doc *doc, const char *bytes, size_t n);
void json_free(struct json_doc *doc);

/* NULL when the object is NULL, no object, or has no such member. */
const struct json *json_get(const struct json *object, const char *key);
const char *json_get_string(const struct json *object, const char *key, const char *otherwise);
int64_t json_get_integer(const struct json *object, const char *key, int64_t otherwise);
bool json_get_bool(const struct json *object, const char *key, bool otherwise);

/* Writers. json_key() and the json_member_*() write a leading comma unless the last byte opened an object. */
void json_string(struct buf *b, const char *text);
void json_value(struct buf *b, const struct json *value);
void json_key(struct buf *b, const char *key);
void json_member_string(struct buf *b, const char *key, const char *text_or_null);
void json_member_integer(struct buf *b, const char *key, int64_t value);
void json_member_bool(struct buf *b, const char *key, bool value);

#endif
