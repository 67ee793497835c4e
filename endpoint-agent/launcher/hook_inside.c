/* Inside a boundary of Cordon's the agent cannot be reached and nothing is left to decide. A shell command is put into `cordon
 * run`, which the vendors' managed settings let start unasked and (Codex) outside of the vendor's own sandbox; there it just
 * starts. The forms are those of io.cordon.agent.adapters.hook. Whatever cannot be rewritten is left to the vendor's own flow. */
#include "hook_inside.h"

#include <string.h>

#include "json.h"

/* Bytes of one argument that Linux takes (MAX_ARG_STRLEN), less the ending NUL; the vendor hands the line over as one. */
#define MOST_LINE 131071
#define FIELD "command" /* of every vendor's shell tool */
#define WHY "The whole session is confined by Cordon."
#define CLAUDE_TOOL "{\"hookSpecificOutput\":{\"hookEventName\":\"PreToolUse\",\"permissionDecision\":\"allow\",\"permissionDecisionReason\":\"" WHY "\""
#define CLAUDE_PERMISSION "{\"hookSpecificOutput\":{\"hookEventName\":\"PermissionRequest\",\"decision\":{\"behavior\":\"allow\"}}}\n"

/* What the vendor calls its shell, and what it hands a line to. */
static const struct shell {
    const char *agent, *tools[5];
    const char *program, *option;
} shells[] = {
    {"codex", {"Bash", "shell", "shell_command", "exec_command"}, "/bin/bash", "-lc"},
    {"claude-code", {"Bash", "Monitor"}, "/bin/bash", "-c"},
    {"gemini", {"run_shell_command"}, "/bin/bash", "-c"},
    {"copilot", {"bash"}, "/bin/bash", "-c"},
};

/* input NULL: the answer is `before` alone. Otherwise the changed input stands between `before` and `after`. */
static const struct form {
    const char *agent, *event, *tool, *input, *before, *after;
} forms[] = {
    {"codex", "PreToolUse", "tool_name", "tool_input", CLAUDE_TOOL ",\"updatedInput\":", "}}\n"},
    {"codex", "PermissionRequest", "tool_name", NULL, CLAUDE_PERMISSION, NULL},
    {"claude-code", "PreToolUse", "tool_name", "tool_input", CLAUDE_TOOL ",\"updatedInput\":", "}}\n"},
    {"claude-code", "PermissionRequest", "tool_name", NULL, CLAUDE_PERMISSION, NULL},
    {"gemini", "BeforeTool", "tool_name", "tool_input",
     "{\"decision\":\"allow\",\"reason\":\"" WHY "\",\"hookSpecificOutput\":{\"hookEventName\":\"BeforeTool\",\"tool_input\":", "}}\n"},
    {"copilot", "preToolUse", "toolName", "toolArgs",
     "{\"permissionDecision\":\"allow\",\"permissionDecisionReason\":\"" WHY "\",\"modifiedArgs\":", "}\n"},
    {"copilot", "permissionRequest", "toolName", NULL, "{\"behavior\":\"allow\"}\n", NULL},
};

static const struct form *form_of(const char *agent, const char *event) {
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (strcmp(forms[i].agent, agent) == 0 && strcmp(forms[i].event, event) == 0) return &forms[i];
    return NULL;
}

static const struct shell *shell_of(const char *agent, const char *tool) {
    for (size_t i = 0; i < sizeof shells / sizeof *shells; i++)
        for (const char *const *each = shells[i].tools; strcmp(shells[i].agent, agent) == 0 && *each; each++)
            if (strcmp(*each, tool) == 0) return &shells[i];
    return NULL;
}

/* The member, if there is exactly one of that name: of two, the vendor could mean the other. */
static const struct json *only(const struct json *object, const char *key) {
    const struct json *found = json_get(object, key);
    for (const struct json *m = found ? found->next : NULL; m; m = m->next)
        if (strcmp(m->key, key) == 0) return NULL;
    return found;
}

/* A quote inside is written '"'"', which also shell readers of vendors understand. */
static void put_word(struct buf *line, const char *word) {
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_@%+:,./-";
    if (line->len) buf_text(line, " ");
    if (*word && !word[strspn(word, plain)]) {
        buf_text(line, word);
        return;
    }
    buf_text(line, "'");
    for (const char *at = word; *at;) {
        size_t n = strcspn(at, "'");
        buf_put(line, at, n);
        at += n;
        if (*at) buf_text(line, "'\"'\"'"), at++;
    }
    buf_text(line, "'");
}

/* The command as `cordon run` of it, as the vendor gave it: a line, or a list of words. */
static bool put_command(struct buf *b, const char *cordon, const struct shell *shell, const struct json *command) {
    const char *const head[] = {cordon, "run", "--"};
    if (command->type == JSON_STRING) {
        struct buf line = {0};
        for (size_t i = 0; i < sizeof head / sizeof *head; i++) put_word(&line, head[i]);
        put_word(&line, shell->program);
        put_word(&line, shell->option);
        put_word(&line, command->text);
        bool fits = !line.failed && line.len <= MOST_LINE;
        buf_put(&line, "", 1);
        if (fits && !line.failed) json_string(b, line.data);
        fits = fits && !line.failed;
        buf_free(&line);
        return fits;
    }
    if (command->type != JSON_ARRAY || !command->first) return false;
    buf_text(b, "[");
    for (size_t i = 0; i < sizeof head / sizeof *head; i++) {
        if (i) buf_text(b, ",");
        json_string(b, head[i]);
    }
    for (const struct json *word = command->first; word; word = word->next) {
        if (word->type != JSON_STRING) return false;
        buf_text(b, ",");
        json_string(b, word->text);
    }
    buf_text(b, "]");
    return true;
}

static bool put_input(struct buf *b, const char *cordon, const struct shell *shell, const struct json *input) {
    const struct json *command = only(input, FIELD);
    if (!command) return false;
    buf_text(b, "{");
    for (const struct json *m = input->first; m; m = m->next) {
        json_key(b, m->key);
        if (m != command) json_value(b, m);
        else if (!put_command(b, cordon, shell, command)) return false;
    }
    buf_text(b, "}");
    return true;
}

/* Some versions give the input as text. */
static bool put_changed(struct buf *b, const char *cordon, const struct shell *shell, const struct json *input) {
    if (!input || input->type != JSON_STRING) return input && put_input(b, cordon, shell, input);
    struct json_doc doc;
    bool put = !json_read_foreign(&doc, input->text, strlen(input->text)) && put_input(b, cordon, shell, doc.root);
    json_free(&doc);
    return put;
}

void hook_inside(struct buf *answer, const char *cordon, const char *agent, const char *event, const char *given, size_t size) {
    const struct form *form = form_of(agent, event);
    struct json_doc doc = {0};
    if (form && !json_read_foreign(&doc, given, size)) {
        const struct json *tool = only(doc.root, form->tool);
        const struct shell *shell = tool && tool->type == JSON_STRING ? shell_of(agent, tool->text) : NULL;
        if (shell) buf_text(answer, form->before);
        bool whole = shell && (!form->input || (*cordon == '/' && put_changed(answer, cordon, shell, only(doc.root, form->input))));
        if (whole && form->after) buf_text(answer, form->after);
        if (!whole) buf_free(answer);
    }
    json_free(&doc);
    if (answer->len) buf_put(answer, "", 1);
}
