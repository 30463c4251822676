/*
 * drawn.h: small laws drawn by hand. A case is a list of old units, one a line
 * "code kind|name|district kind|district name", and clauses; what comes back is told as text, one
 * line an edge: "10001 xã An Phú whole all 1".
 */
#ifndef NOI_TESTS_LAW_DRAWN_H
#define NOI_TESTS_LAW_DRAWN_H

#include "law/law.h"
#include "testing.h"

#include <stdio.h>
#include <string.h>

#define DRAWN_MAX 64

typedef struct drawn {
    noi_arena *arena;
    noi_law_unit old_units[DRAWN_MAX], new_units[DRAWN_MAX];
    size_t n_old, n_new;
    noi_law *law;
    noi_buf edges;
} drawn;

static char *cut(char **rest, char at) {
    char *start = *rest, *end = strchr(start, at);
    *rest = end ? end + 1 : start + strlen(start);
    if (end)
        *end = '\0';
    return start;
}

static size_t read_units(noi_law_unit *units, noi_arena *arena, const char *spec) {
    char *rest = noi_arena_strndup(arena, spec, strlen(spec));
    size_t n = 0;
    while (*rest) {
        char *line = cut(&rest, '\n');
        char *code = cut(&line, ' ');
        noi_law_unit *unit = &units[n++];
        *unit = (noi_law_unit){.code = noi_code_parse(code, strlen(code)),
                               .province_code = noi_code_parse("10", 2),
                               .province_name = "Tỉnh Mẫu",
                               .resolution = "9/NQ-UBTVQH15"};
        unit->kind = cut(&line, '|');
        unit->name = cut(&line, '|');
        unit->district_kind = cut(&line, '|');
        unit->district_name = line;
        /* a district's code is made of the first letters of its name */
        unsigned sum = 0;
        for (const char *p = unit->district_name; *p; p++)
            sum = sum * 31 + (unsigned char)*p;
        char digits[16];
        snprintf(digits, sizeof digits, "%03u", sum % 1000);
        if (*unit->district_name)
            unit->district_code = noi_code_parse(digits, 3);
    }
    return n;
}

static const char *law_text(noi_arena *arena, const char *clauses) {
    return noi_arena_format(
        arena,
        "Số: 9/NQ-UBTVQH15\n\n**Điều 1. Sắp xếp các đơn vị hành chính cấp xã của "
        "tỉnh Mẫu**\n\nTrên cơ sở Đề án:\n\n%s\n\n**Điều 2. Hiệu lực**\n\n"
        "hoạt động từ ngày 01 tháng 7 năm 2025.\n",
        clauses);
}

static void tell_edges(drawn *d) {
    for (size_t i = 0; i < d->law->n_edges; i++) {
        const noi_law_edge *edge = &d->law->edges[i];
        char code[8];
        bool listed = d->n_new > 0;
        noi_buf_printf(
            &d->edges, "%s %s %s %s %s %s\n",
            noi_code_format(code, d->old_units[edge->old_unit].code),
            listed ? d->new_units[edge->new_unit].kind : d->law->made[edge->new_unit].kind,
            listed ? d->new_units[edge->new_unit].name : d->law->made[edge->new_unit].name,
            noi_part_key(edge->part), noi_scope_key(edge->scope),
            *edge->clause ? edge->clause : "-");
    }
    noi_buf_add_str(&d->edges, "");
}

/* new_spec may be NULL: no list of new units. */
static void draw(drawn *d, const char *old_spec, const char *new_spec, const char *clauses) {
    *d = (drawn){.arena = noi_arena_new()};
    d->n_old = read_units(d->old_units, d->arena, old_spec);
    if (new_spec)
        d->n_new = read_units(d->new_units, d->arena, new_spec);
    const char *text = law_text(d->arena, clauses);
    assert_int_equal(noi_law_compile(&d->law, "drawn", noi_str_of(text), d->old_units, d->n_old,
                                     new_spec ? d->new_units : NULL, d->n_new),
                     NOI_OK);
    tell_edges(d);
}

static void undraw(drawn *d) {
    noi_law_free(d->law);
    noi_arena_free(d->arena);
    noi_buf_free(&d->edges);
}

static const noi_law_finding *finding(const noi_law *law, const char *key) {
    for (size_t i = 0; i < law->n_findings; i++)
        if (strcmp(law->findings[i].key, key) == 0)
            return &law->findings[i];
    return NULL;
}

/* The edges of a case, and whether it is proved. */
#define EXPECT(d, wanted_edges, wanted_proved)                                                     \
    do {                                                                                           \
        assert_string_equal((d)->edges.p ? (d)->edges.p : "", wanted_edges);                       \
        for (size_t i_ = 0; (wanted_proved) && i_ < (d)->law->n_findings; i_++)                    \
            if ((d)->law->findings[i_].severity == NOI_LAW_ERROR)                                  \
                fail_msg("%s", (d)->law->findings[i_].message);                                    \
        assert_int_equal((d)->law->proved, wanted_proved);                                         \
    } while (0)

/* There is a finding of this key and severity, about this clause, and its message holds `words`. */
#define EXPECT_FINDING(d, wanted_key, wanted_severity, wanted_clause, words)                       \
    do {                                                                                           \
        const noi_law_finding *found_ = finding((d)->law, wanted_key);                             \
        assert_non_null(found_);                                                                   \
        assert_int_equal(found_->severity, wanted_severity);                                       \
        assert_int_equal(found_->clause, wanted_clause);                                           \
        if (!strstr(found_->message, words))                                                       \
            fail_msg("'%s' is not in '%s'", words, found_->message);                               \
    } while (0)

#endif
