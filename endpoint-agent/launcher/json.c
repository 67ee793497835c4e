#include "json.h"

#include <stdlib.h>
#include <string.h>

struct reader {
    struct json_doc *doc;
    const unsigned char *at, *end;
    char *out; /* where the next decoded string goes: decoding never lengthens, so a copy of the input suffices */
    const char *error;
    bool foreign;
};

static bool fail(struct reader *r, const char *why) {
    if (!r->error) r->error = why;
    return false;
}

static void skip_space(struct reader *r) {
    while (r->at < r->end && (*r->at == ' ' || *r->at == '\t' || *r->at == '\n' || *r->at == '\r')) r->at++;
}

static int hex4(struct reader *r) {
    if (r->end - r->at < 4) return -1;
    int value = 0;
    for (int i = 0; i < 4; i++) {
        int c = *r->at++;
        int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
        if (digit < 0) return -1;
        value = value * 16 + digit;
    }
    return value;
}

static void put_utf8(struct reader *r, int c) {
    if (c < 0x80) {
        *r->out++ = (char)c;
    } else if (c < 0x800) {
        *r->out++ = (char)(0xC0 | c >> 6);
        *r->out++ = (char)(0x80 | (c & 63));
    } else if (c < 0x10000) {
        *r->out++ = (char)(0xE0 | c >> 12);
        *r->out++ = (char)(0x80 | (c >> 6 & 63));
        *r->out++ = (char)(0x80 | (c & 63));
    } else {
        *r->out++ = (char)(0xF0 | c >> 18);
        *r->out++ = (char)(0x80 | (c >> 12 & 63));
        *r->out++ = (char)(0x80 | (c >> 6 & 63));
        *r->out++ = (char)(0x80 | (c & 63));
    }
}

/* A surrogate without its partner: on Unix one byte that is not text, on Windows itself. */
static bool read_lone_surrogate(struct reader *r, int c) {
    if (JSON_UTF16) {
        put_utf8(r, c);
        return true;
    }
    if (c < 0xDC80 || c > 0xDCFF) return fail(r, "lone surrogate");
    *r->out++ = (char)(c - 0xDC00);
    return true;
}

/* The low surrogate that follows, or -1 with nothing read. */
static int read_low_surrogate(struct reader *r) {
    const unsigned char *before = r->at;
    if (r->end - r->at >= 2 && r->at[0] == '\\' && r->at[1] == 'u') {
        r->at += 2;
        int low = hex4(r);
        if (low >= 0xDC00 && low <= 0xDFFF) return low;
    }
    r->at = before;
    return -1;
}

static bool read_unicode_escape(struct reader *r) {
    int c = hex4(r);
    if (c < 0) return fail(r, "bad \\u escape");
    if (c == 0) return fail(r, "a string holds NUL");
    if (c >= 0xD800 && c <= 0xDFFF) {
        int low = c <= 0xDBFF ? read_low_surrogate(r) : -1;
        if (low < 0) return read_lone_surrogate(r, c);
        c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
    }
    put_utf8(r, c);
    return true;
}

static bool read_string(struct reader *r, const char **text) {
    char *start = r->out;
    r->at++; /* the quote */
    while (r->at < r->end) {
        unsigned char c = *r->at++;
        if (c == '"') {
            *r->out++ = 0;
            *text = start;
            return true;
        }
        if (c < 0x20) return fail(r, "control character in a string");
        if (c != '\\') {
            *r->out++ = (char)c;
            continue;
        }
        if (r->at == r->end) break;
        static const char escapes[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
        unsigned char e = *r->at++;
        const char *known = e ? strchr(escapes, e) : NULL;
        if (known) {
            *r->out++ = meanings[known - escapes];
        } else if (e != 'u') {
            return fail(r, "bad escape");
        } else if (!read_unicode_escape(r)) {
            return false;
        }
    }
    return fail(r, "unterminated string");
}

static bool digits(struct reader *r) {
    const unsigned char *start = r->at;
    while (r->at < r->end && *r->at >= '0' && *r->at <= '9') r->at++;
    return r->at != start;
}

static bool one_of(struct reader *r, const char *bytes) {
    bool is = r->at < r->end && *r->at && strchr(bytes, *r->at);
    r->at += is;
    return is;
}

/* As RFC 8259 has it; kept as it is written. */
static bool read_number(struct reader *r, const char **text) {
    const unsigned char *start = r->at;
    one_of(r, "-");
    bool good = one_of(r, "0") || digits(r);
    if (good && one_of(r, ".")) good = digits(r);
    if (good && one_of(r, "eE")) {
        one_of(r, "+-");
        good = digits(r);
    }
    if (!good) return fail(r, "bad number");
    *text = r->out;
    memcpy(r->out, start, (size_t)(r->at - start));
    r->out += r->at - start;
    *r->out++ = 0;
    return true;
}

static bool read_integer(struct reader *r, int64_t *value) {
    bool negative = *r->at == '-';
    if (negative) r->at++;
    const unsigned char *start = r->at;
    uint64_t sum = 0;
    while (r->at < r->end && *r->at >= '0' && *r->at <= '9') {
        if (r->at - start >= 18) return fail(r, "number too large");
        sum = sum * 10 + (uint64_t)(*r->at++ - '0');
    }
    if (r->at == start) return fail(r, "bad number");
    if (r->at < r->end && (*r->at == '.' || *r->at == 'e' || *r->at == 'E')) return fail(r, "number is not an integer");
    *value = negative ? -(int64_t)sum : (int64_t)sum;
    return true;
}

static bool literal(struct reader *r, const char *word) {
    size_t n = strlen(word);
    if ((size_t)(r->end - r->at) < n || memcmp(r->at, word, n) != 0) return fail(r, "unexpected character");
    r->at += n;
    return true;
}

static struct json *read_value(struct reader *r, int depth);

static bool read_children(struct reader *r, struct json *parent, int depth) {
    char close = parent->type == JSON_OBJECT ? '}' : ']';
    struct json **tail = &parent->first;
    r->at++;
    skip_space(r);
    if (r->at < r->end && *r->at == close) {
        r->at++;
        return true;
    }
    for (;;) {
        const char *key = NULL;
        skip_space(r);
        if (parent->type == JSON_OBJECT) {
            if (r->at == r->end || *r->at != '"') return fail(r, "expected a key");
            if (!read_string(r, &key)) return false;
            skip_space(r);
            if (r->at == r->end || *r->at++ != ':') return fail(r, "expected ':'");
        }
        struct json *child = read_value(r, depth + 1);
        if (!child) return false;
        child->key = key;
        *tail = child;
        tail = &child->next;
        parent->count++;
        skip_space(r);
        if (r->at == r->end) return fail(r, "unexpected end");
        unsigned char c = *r->at++;
        if (c == close) return true;
        if (c != ',') return fail(r, "expected ',' or the end of the list");
    }
}

static struct json *read_value(struct reader *r, int depth) {
    skip_space(r);
    if (r->at == r->end) return fail(r, "unexpected end"), NULL;
    if (depth > JSON_MAX_DEPTH) return fail(r, "nested too deeply"), NULL;
    if (r->doc->used == JSON_MAX_NODES) return fail(r, "too many values"), NULL;
    struct json *v = &r->doc->nodes[r->doc->used++];
    *v = (struct json){0};
    bool ok;
    switch (*r->at) {
        case '{': v->type = JSON_OBJECT; ok = read_children(r, v, depth); break;
        case '[': v->type = JSON_ARRAY; ok = read_children(r, v, depth); break;
        case '"': v->type = JSON_STRING; ok = read_string(r, &v->text); break;
        case 't': v->type = JSON_BOOL; v->integer = 1; ok = literal(r, "true"); break;
        case 'f': v->type = JSON_BOOL; ok = literal(r, "false"); break;
        case 'n': ok = literal(r, "null"); break;
        default:
            v->type = r->foreign ? JSON_NUMBER : JSON_INTEGER;
            ok = r->foreign ? read_number(r, &v->text) : read_integer(r, &v->integer);
            break;
    }
    return ok ? v : NULL;
}

/* Every value costs at least one byte of input, which bounds the nodes worth allocating. */
static const char *read_document(struct json_doc *doc, const char *bytes, size_t n, bool foreign) {
    *doc = (struct json_doc){0};
    size_t nodes = n < JSON_MAX_NODES ? n + 1 : JSON_MAX_NODES;
    doc->copy = malloc(n + 1);
    doc->nodes = malloc(nodes * sizeof *doc->nodes);
    if (!doc->copy || !doc->nodes) return "out of memory";
    struct reader r = {doc, (const unsigned char *)bytes, (const unsigned char *)bytes + n, doc->copy, NULL, foreign};
    struct json *root = read_value(&r, 0);
    skip_space(&r);
    if (root && r.at != r.end) fail(&r, "text after the end");
    if (r.error) return r.error;
    doc->root = root;
    return NULL;
}

const char *json_read(struct json_doc *doc, const char *bytes, size_t n) {
    return read_document(doc, bytes, n, false);
}

const char *json_read_foreign(struct json_doc *doc, const char *bytes, size_t n) {
    return read_document(doc, bytes, n, true);
}

void json_free(struct json_doc *doc) {
    free(doc->copy);
    free(doc->nodes);
    *doc = (struct json_doc){0};
}

const struct json *json_get(const struct json *object, const char *key) {
    if (!object || object->type != JSON_OBJECT) return NULL;
    for (const struct json *m = object->first; m; m = m->next)
        if (strcmp(m->key, key) == 0) return m;
    return NULL;
}

const char *json_get_string(const struct json *object, const char *key, const char *otherwise) {
    const struct json *m = json_get(object, key);
    return m && m->type == JSON_STRING ? m->text : otherwise;
}

int64_t json_get_integer(const struct json *object, const char *key, int64_t otherwise) {
    const struct json *m = json_get(object, key);
    return m && m->type == JSON_INTEGER ? m->integer : otherwise;
}

bool json_get_bool(const struct json *object, const char *key, bool otherwise) {
    const struct json *m = json_get(object, key);
    return m && m->type == JSON_BOOL ? m->integer != 0 : otherwise;
}
