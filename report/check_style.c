/* check_style.c: see check_style.h. */
#include "report/check_style.h"

#include "base/embed.h"
#include "base/i18n.h"
#include "report/format.h"

#include <stdio.h>
#include <string.h>

#define EACH "<!--each rule-->\n"
#define END  "<!--end-->\n"

const char *noi_check_colour(const noi_check *check, size_t rule) {
    enum { N = 6 };
    static const char *const colours[4][N] = {
        [NOI_SEVERITY_NOTE] = {"110,112,120", "60,140,130", "150,135,95", "105,125,165", "90,90,96",
                               "135,110,140"},
        [NOI_SEVERITY_WARNING] = {"221,110,18", "30,105,165", "130,85,40", "105,140,35",
                                  "150,70,155", "190,150,15"},
        [NOI_SEVERITY_ERROR] = {"194,47,37", "160,15,100", "95,25,25", "225,70,120", "120,40,150",
                                "165,70,0"},
    };
    noi_severity severity = check->rules[rule].rule->severity;
    size_t before = 0;
    for (size_t i = 0; i < rule; i++)
        before += check->rules[i].rule->severity == severity;
    return colours[severity][before % N];
}

typedef struct word { /* what stands for {{NAME}} */
    const char *name;
    noi_str value;
} word;

static void add_with_words(noi_buf *out, noi_str text, const word *words, size_t n_words) {
    const char *at = text.p, *end = text.p + text.n;
    while (at < end) {
        const char *open = memmem(at, (size_t)(end - at), "{{", 2);
        const char *close = open ? memmem(open, (size_t)(end - open), "}}", 2) : NULL;
        if (!close)
            break;
        noi_buf_add(out, at, (size_t)(open - at));
        noi_str name = {open + 2, (size_t)(close - open) - 2};
        for (size_t i = 0; i < n_words; i++)
            if (noi_str_is(name, words[i].name))
                noi_buf_add(out, words[i].value.p, words[i].value.n);
        at = close + 2;
    }
    noi_buf_add(out, at, (size_t)(end - at));
}

static void add_rule(noi_buf *out, const noi_check *check, size_t rule, size_t n, noi_str part) {
    const noi_check_rule *r = &check->rules[rule];
    NOI_AUTO_BUF noi_buf label = {0};
    bool is_note = r->rule->severity == NOI_SEVERITY_NOTE;
    char number[24], count[32];
    snprintf(number, sizeof number, "%zu", rule);
    noi_buf_printf(&label, "%s ", r->rule->id);
    noi_html_text(&label, noi_str_of(_(r->rule->title)));
    noi_buf_printf(&label, " (%s)", noi_number(count, (int64_t)n));
    const word words[] = {{"NUMBER", noi_str_of(number)},
                          {"RULE", noi_str_of(r->rule->id)},
                          {"LABEL", noi_buf_view(&label)},
                          {"COLOR", noi_str_of(noi_check_colour(check, rule))},
                          {"SIZE", noi_str_of(is_note ? "1.6" : "3.2")}};
    add_with_words(out, part, words, sizeof words / sizeof *words);
}

void noi_check_style(noi_buf *out, const noi_check *check, const size_t *counts,
                     const char *asset) {
    noi_str text = noi_embed(asset);
    const char *at = text.p, *end = text.p + text.n;
    while (at < end) {
        const char *each = memmem(at, (size_t)(end - at), EACH, strlen(EACH));
        const char *stop = each ? memmem(each, (size_t)(end - each), END, strlen(END)) : NULL;
        if (!stop)
            break;
        noi_buf_add(out, at, (size_t)(each - at));
        const char *part = each + strlen(EACH);
        for (size_t i = 0; i < check->n_rules; i++)
            if (counts[i])
                add_rule(out, check, i, counts[i], (noi_str){part, (size_t)(stop - part)});
        at = stop + strlen(END);
    }
    noi_buf_add(out, at, (size_t)(end - at));
}
