/* findings.c: defects in words, and how units are called in them. */
#include "law/work.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void noi_law_find(law_work *work, noi_law_severity severity, const char *key, int clause,
                  const char *format, ...) {
    va_list args;
    va_start(args, format);
    char *message = NULL;
    int n = vasprintf(&message, format, args);
    va_end(args);
    NOI_GROW(work->findings, work->cap_findings, work->n_findings + 1);
    work->findings[work->n_findings++] = (noi_law_finding){
        severity, key, clause,
        noi_arena_strndup(work->arena, n < 0 ? format : message, n < 0 ? 0 : (size_t)n)};
    free(message);
}

/* A kind stands with a capital before a number: "Phường 4", "Quận 3". */
static const char *kind_before(const char *kind, const char *name) {
    static const char *const pairs[][2] = {{"phường", "Phường"}, {"quận", "Quận"}};
    for (size_t i = 0; i < 2 && *name >= '0' && *name <= '9'; i++)
        if (strcmp(kind, pairs[i][0]) == 0)
            return pairs[i][1];
    return kind;
}

const char *noi_law_unit_label(law_work *work, const noi_law_unit *unit) {
    const char *kind = kind_before(unit->kind, unit->name);
    if (!unit->district_name || !*unit->district_name ||
        noi_law_kind_of(unit->kind) >= LAW_KIND_RURAL)
        return noi_arena_format(work->arena, "%s %s", kind, unit->name);
    return noi_arena_format(work->arena, "%s %s (%s %s)", kind, unit->name,
                            kind_before(unit->district_kind, unit->district_name),
                            unit->district_name);
}

const char *noi_law_mention_label(law_work *work, const law_mention *mention) {
    const char *kind = noi_law_kind_text(mention->kind);
    if (mention->name.n)
        kind = kind_before(kind, mention->name.p);
    return noi_arena_format(work->arena, "%s%s%.*s", kind, *kind ? " " : "",
                            NOI_STR_ARG(mention->name));
}

static const char *const kind_texts[] = {
    [LAW_KIND_NONE] = "",          [LAW_KIND_WARD] = "phường",
    [LAW_KIND_COMMUNE] = "xã",     [LAW_KIND_TOWN] = "thị trấn",
    [LAW_KIND_ZONE] = "đặc khu",   [LAW_KIND_ANY] = "đơn vị hành chính cấp xã",
    [LAW_KIND_RURAL] = "huyện",    [LAW_KIND_URBAN] = "quận",
    [LAW_KIND_CITY] = "thành phố", [LAW_KIND_BOROUGH] = "thị xã",
    [LAW_KIND_PROVINCE] = "tỉnh",
};

const char *noi_law_kind_text(law_kind kind) {
    return kind_texts[kind];
}

law_kind noi_law_kind_of(const char *text) {
    noi_str wanted = noi_str_of(text);
    for (size_t i = 1; i < sizeof kind_texts / sizeof *kind_texts; i++)
        if (noi_str_is(wanted, kind_texts[i]))
            return (law_kind)i;
    return LAW_KIND_NONE;
}
