/* procedures.c: rows of procedures and offices, sorted for searching; see procedures.h. */
#include "merge/procedures.h"

#include "address/text.h"
#include "base/i18n.h"

#include <stdlib.h>
#include <string.h>

/* ---- keys ------------------------------------------------------------------------------------ */

static const char *const place_keys[] = {"",
#define PLACE_KEY(name, key) key,
                                         NOI_PLACE_TABLE(PLACE_KEY)
#undef PLACE_KEY
};
static const char *const handler_keys[] = {"",
#define HANDLER_KEY(name, key) key,
                                           NOI_HANDLER_TABLE(HANDLER_KEY)
#undef HANDLER_KEY
};

static int find_key(const char *const *keys, size_t n, noi_str key) {
    for (size_t i = 1; i < n; i++)
        if (noi_str_is(key, keys[i]))
            return (int)i;
    return 0;
}

const char *noi_matter_place_key(noi_matter_place place) {
    return place_keys[place];
}

const char *noi_handler_key(noi_handler handler) {
    return handler_keys[handler];
}

noi_matter_place noi_matter_place_by_key(noi_str key) {
    return (noi_matter_place)find_key(place_keys, sizeof place_keys / sizeof *place_keys, key);
}

noi_handler noi_handler_by_key(noi_str key) {
    return (noi_handler)find_key(handler_keys, sizeof handler_keys / sizeof *handler_keys, key);
}

const char *noi_handler_words(noi_handler handler) {
    switch (handler) {
    case NOI_HANDLER_COMMUNE:
        return _("commune");
    case NOI_HANDLER_DISTRICT:
        return _("district");
    case NOI_HANDLER_DEPARTMENT:
        return _("department of the province");
    case NOI_HANDLER_CITY_CENTRE:
        return _("the city's centre for public services");
    case NOI_HANDLER_LAND_REGISTRY:
        return _("branch of the land registration office");
    case NOI_HANDLER_POLICE:
        return _("police");
    case NOI_HANDLER_UNKNOWN:
    case NOI_N_HANDLERS:
        break;
    }
    return _("not stated");
}

uint32_t noi_procedure_code(noi_str text) {
    enum { DIGITS = 6, LENGTH = 2 + DIGITS };
    bool shaped = text.n >= LENGTH && text.p[0] >= '1' && text.p[0] <= '9' && text.p[1] == '.' &&
                  (text.n == LENGTH || text.p[LENGTH] == '.');
    if (!shaped)
        return 0;
    uint32_t code = (uint32_t)(text.p[0] - '0');
    for (size_t i = 2; i < LENGTH; i++) {
        if (text.p[i] < '0' || text.p[i] > '9')
            return 0;
        code = code * 10 + (uint32_t)(text.p[i] - '0');
    }
    return code;
}

/* ---- procedures ------------------------------------------------------------------------------ */

struct noi_procedures {
    size_t n, capacity, n_codes; /* rows [0, n_codes) are about codes, the others about fields */
    noi_procedure *items;        /* by code, then field, then province, that of the country last */
    noi_arena *arena;
};

static const char *keep(noi_arena *arena, noi_stmt *q, int at) {
    noi_str text = noi_column_text(q, at);
    return noi_arena_strndup(arena, text.p ? text.p : "", text.n);
}

static const char *keep_folded(noi_arena *arena, noi_str text) {
    NOI_AUTO_FREE char *folded = noi_alloc(2 * text.n + 16);
    size_t n = text.n ? noi_text_fold(folded, text, NOI_FOLD_BARE) : 0;
    return noi_arena_strndup(arena, folded, n);
}

/* "R8 R9" as bits 8 and 9. */
static uint32_t rule_bits(noi_str text) {
    uint32_t bits = 0, number = 0;
    for (size_t i = 0; i < text.n; i++) {
        bool digit = text.p[i] >= '0' && text.p[i] <= '9';
        number = digit ? number * 10 + (uint32_t)(text.p[i] - '0') : 0;
        bool ends = digit && (i + 1 == text.n || text.p[i + 1] < '0' || text.p[i + 1] > '9');
        if (ends && number < 32)
            bits |= 1u << number;
    }
    return bits;
}

static void read_procedure(noi_procedure *out, noi_arena *arena, noi_stmt *q) {
    noi_str code = noi_column_text(q, 0), field = noi_column_text(q, 1);
    noi_str province = noi_column_text(q, 3);
    *out = (noi_procedure){
        .code = noi_procedure_code(code),
        .field = keep_folded(arena, field),
        .province = province.n ? noi_code_parse(province.p, province.n) : 0,
        .place = noi_matter_place_by_key(noi_column_text(q, 4)),
        .before = noi_handler_by_key(noi_column_text(q, 5)),
        .after = noi_handler_by_key(noi_column_text(q, 6)),
        .rules = rule_bits(noi_column_text(q, 7)),
        .pattern = keep(arena, q, code.n ? 0 : 1),
        .name = keep(arena, q, 2),
        .basis = keep(arena, q, 8),
    };
}

static int by_code(const void *a, const void *b) {
    const noi_procedure *x = a, *y = b;
    if ((x->code == 0) != (y->code == 0))
        return x->code == 0 ? 1 : -1;
    if (x->code != y->code)
        return x->code < y->code ? -1 : 1;
    int order = strcmp(x->field, y->field);
    if (order)
        return order;
    return x->province > y->province ? -1 : x->province < y->province;
}

noi_status noi_procedures_load(noi_procedures **out, noi_registry *registry) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_AUTO(noi_procedures_freep) noi_procedures *p = noi_alloc_zero(1, sizeof *p);
    p->arena = noi_arena_new();
    NOI_TRY(noi_prepare(&q, registry, "merge/procedures"));
    for (bool row = true;;) {
        NOI_TRY(noi_step(q, &row));
        if (!row)
            break;
        NOI_GROW(p->items, p->capacity, p->n + 1);
        read_procedure(&p->items[p->n], p->arena, q);
        p->n_codes += p->items[p->n++].code != 0;
    }
    if (p->n > 1)
        qsort(p->items, p->n, sizeof *p->items, by_code);
    *out = p;
    p = NULL;
    return NOI_OK;
}

void noi_procedures_free(noi_procedures *procedures) {
    if (!procedures)
        return;
    free(procedures->items);
    noi_arena_free(procedures->arena);
    free(procedures);
}

size_t noi_procedures_count(const noi_procedures *procedures) {
    return procedures ? procedures->n : 0;
}

static bool speaks_there(const noi_procedure *row, noi_code province) {
    return !row->province || row->province == province;
}

static const noi_procedure *find_code(const noi_procedures *p, uint32_t code, noi_code province) {
    size_t low = 0, high = p->n_codes;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (p->items[middle].code < code)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < p->n_codes && p->items[low].code == code; low++)
        if (speaks_there(&p->items[low], province))
            return &p->items[low];
    return NULL;
}

static const noi_procedure *find_field(const noi_procedures *p, noi_str field, noi_code province) {
    char folded[512];
    if (p->n_codes == p->n || field.n == 0 || field.n >= sizeof folded / 2)
        return NULL;
    noi_str key = {folded, noi_text_fold(folded, field, NOI_FOLD_BARE)};
    for (size_t i = p->n_codes; i < p->n; i++)
        if (noi_str_is(key, p->items[i].field) && speaks_there(&p->items[i], province))
            return &p->items[i];
    return NULL;
}

const noi_procedure *noi_procedure_find(const noi_procedures *procedures, uint32_t code,
                                        noi_str field, noi_code province) {
    if (noi_procedures_count(procedures) == 0)
        return NULL;
    const noi_procedure *found = code ? find_code(procedures, code, province) : NULL;
    return found ? found : find_field(procedures, field, province);
}

/* ---- offices --------------------------------------------------------------------------------- */

struct noi_offices {
    size_t n, capacity;
    noi_office *items; /* by old id, then by day */
    noi_arena *arena;
};

noi_status noi_offices_load(noi_offices **out, noi_registry *registry) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_AUTO(noi_offices_freep) noi_offices *o = noi_alloc_zero(1, sizeof *o);
    o->arena = noi_arena_new();
    NOI_TRY(noi_prepare(&q, registry, "merge/offices"));
    for (bool row = true;;) {
        NOI_TRY(noi_step(q, &row));
        if (!row)
            break;
        NOI_GROW(o->items, o->capacity, o->n + 1);
        o->items[o->n++] = (noi_office){.old_id = keep(o->arena, q, 0),
                                        .new_id = keep(o->arena, q, 1),
                                        .unit_code = keep(o->arena, q, 2),
                                        .name = keep(o->arena, q, 3),
                                        .starts_on = noi_column_day(q, 4)};
    }
    *out = o;
    o = NULL;
    return NOI_OK;
}

void noi_offices_free(noi_offices *offices) {
    if (!offices)
        return;
    free(offices->items);
    noi_arena_free(offices->arena);
    free(offices);
}

size_t noi_offices_count(const noi_offices *offices) {
    return offices ? offices->n : 0;
}

static int compare(const char *id, noi_str with) {
    int order = strncmp(id, with.p, with.n);
    return order ? order : id[with.n] != '\0';
}

const noi_office *noi_office_find(const noi_offices *offices, noi_str old_id, noi_day on) {
    if (!offices || offices->n == 0 || old_id.n == 0)
        return NULL;
    size_t low = 0, high = offices->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare(offices->items[middle].old_id, old_id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    const noi_office *found = NULL;
    for (; low < offices->n && compare(offices->items[low].old_id, old_id) == 0; low++)
        if (!found || on == NOI_DAY_NONE || offices->items[low].starts_on <= on)
            found = &offices->items[low];
    return found;
}
