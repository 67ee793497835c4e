/* cordon hook: takes what a coding agent says before, while and after it uses a tool to the Cordon agent, and its answer back.
 * Whatever goes wrong on the way denies what was to be decided, in the form that the vendor takes for a refusal. */
#include <stdint.h>
#include <string.h>

#include "frame.h"
#include "hook_inside.h"
#include "json.h"
#include "os.h"

/* Shorter than what the settings give a hook (10 s): some vendors let a call pass whose hook is late. */
#define PATIENCE_SECONDS 5
#define EXIT_BLOCKED 2

#define WHY "Cordon could not decide on this call, so it is denied. See `cordon status`; the agent's service must be running."
#define LATE "cordon: the Cordon agent did not answer in time\n"

/* How a vendor is told no: by this on stdout, or (NULL) by exit status 2 and a reason on stderr. */
struct deciding {
    const char *agent, *event, *denial;
};

static const struct deciding deciding[] = {
    {"codex", "PreToolUse", NULL},
    {"codex", "PermissionRequest", NULL},
    {"claude-code", "PreToolUse", NULL},
    {"claude-code", "PermissionRequest", NULL},
    {"gemini", "BeforeTool", NULL},
    {"copilot", "preToolUse", "{\"permissionDecision\":\"deny\",\"permissionDecisionReason\":\"" WHY "\"}\n"},
    {"copilot", "permissionRequest", "{\"behavior\":\"deny\",\"message\":\"" WHY "\"}\n"},
};

static const struct deciding *find(const char *agent, const char *event) {
    for (size_t i = 0; i < sizeof deciding / sizeof *deciding; i++)
        if (strcmp(deciding[i].agent, agent) == 0 && strcmp(deciding[i].event, event) == 0) return &deciding[i];
    return NULL;
}

static bool is_agent(const char *word) {
    static const char *const agents[] = {"codex", "claude-code", "gemini", "copilot"};
    for (size_t i = 0; i < sizeof agents / sizeof *agents; i++)
        if (strcmp(agents[i], word) == 0) return true;
    return false;
}

/* Text that can stand in JSON as it is: UTF-8 without surrogates, overlong forms and NUL. */
static bool is_text(const char *bytes, size_t n) {
    const unsigned char *p = (const unsigned char *)bytes, *end = p + n;
    while (p < end) {
        unsigned char first = *p++;
        if (first == 0) return false;
        if (first < 0x80) continue;
        int more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1;
        if (first < 0xC2 || first > 0xF4 || end - p < more) return false;
        uint32_t code = first & (0x3Fu >> more);
        for (; more; more--, p++) {
            if ((*p & 0xC0) != 0x80) return false;
            code = code << 6 | (*p & 0x3Fu);
        }
        if (first >= 0xE0 && code < (first >= 0xF0 ? 0x10000u : 0x800u)) return false;
        if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return false;
    }
    return true;
}

/* Why not, or NULL with the whole request in `request`. */
static const char *prepare(struct buf *request, const char *agent, const char *event) {
    struct buf input = {0};
    const char *problem = NULL;
    if (!os_read_input(&input, FRAME_MAX)) {
        problem = "cordon: what the hook was given is too large (at most 1 MiB with escapes), or cannot be read\n";
    } else if (!is_text(input.data, input.len)) {
        problem = "cordon: what the hook was given is not UTF-8\n";
    } else {
        buf_put(&input, "", 1);
        size_t begin = frame_begin(request);
        buf_text(request, "{");
        json_member_string(request, "op", "hook");
        json_key(request, "argv");
        buf_text(request, "[]");
        os_describe_process(request, false);
        json_key(request, "args");
        buf_text(request, "{");
        json_member_string(request, "agent", agent);
        json_member_string(request, "event", event);
        json_member_string(request, "input", input.failed ? "" : input.data);
        buf_text(request, "}}");
        if (!frame_end(request, begin) || input.failed)
            problem = "cordon: what the hook was given is too large (at most 1 MiB with escapes), or cannot be read\n";
    }
    buf_free(&input);
    return problem;
}

static int confined(const char *cordon, const char *agent, const char *event) {
    struct buf input = {0}, answer = {0};
    if (os_read_input(&input, FRAME_MAX) && is_text(input.data, input.len)) hook_inside(&answer, cordon, agent, event, input.data, input.len);
    os_deadline(0, NULL, NULL, 0);
    if (answer.len && !answer.failed) os_print(1, answer.data);
    buf_free(&answer);
    buf_free(&input);
    return 0;
}

static int refuse(const struct deciding *d) {
    os_deadline(0, NULL, NULL, 0);
    if (!d) return 0;
    if (d->denial) os_print(1, d->denial);
    os_print(2, "cordon: " WHY "\n");
    return d->denial ? 0 : EXIT_BLOCKED;
}

int hook_main(const char *cordon, char **argv) {
    if (!argv[0] || !argv[1] || argv[2] || !is_agent(argv[0])) {
        os_print(2, "cordon: hook: expected AGENT (codex, claude-code, gemini, copilot) and EVENT\n");
        return EXIT_BLOCKED;
    }
    const struct deciding *d = find(argv[0], argv[1]);
    os_deadline(PATIENCE_SECONDS, d ? d->denial : NULL, d ? LATE "cordon: " WHY "\n" : LATE, d && !d->denial ? EXIT_BLOCKED : 0);
    if (os_confined()) return confined(cordon, argv[0], argv[1]);
    struct buf request = {0};
    const char *problem = prepare(&request, argv[0], argv[1]);
    int status = EXIT_CORDON;
    if (problem) os_print(2, problem);
    else status = os_converse(&request, CONVERSE_HOOK);
    buf_free(&request);
    return status == 0 || status == EXIT_BLOCKED ? status : refuse(d);
}
