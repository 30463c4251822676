/* build.c: lays out a plan; see format.h for the bytes and plan.h for the promises. */
#include "plan/format.h"
#include "plan/parts.h"

#include "base/digest.h"
#include "base/i18n.h"

#include <string.h>

#include <xxhash.h>

/* ---- strings: each text once ---- */

typedef struct pool {
    noi_buf text;
    uint32_t *slots; /* offsets + 1, open addressing */
    size_t n, n_slots;
} pool;

static void pool_grow(pool *p);

static uint32_t *pool_slot(pool *p, const char *text, size_t n) {
    size_t mask = p->n_slots - 1, at = XXH3_64bits(text, n) & mask;
    while (p->slots[at] && strcmp(p->text.p + p->slots[at] - 1, text) != 0)
        at = (at + 1) & mask;
    return &p->slots[at];
}

static uint32_t pool_add(pool *p, const char *text) {
    size_t n = text ? strlen(text) : 0;
    if (n == 0)
        return 0;
    if (p->n * 2 >= p->n_slots)
        pool_grow(p);
    uint32_t *slot = pool_slot(p, text, n);
    if (!*slot) {
        *slot = (uint32_t)p->text.n + 1;
        noi_buf_add(&p->text, text, n + 1);
        p->n++;
    }
    return *slot - 1;
}

static void pool_grow(pool *p) {
    free(p->slots);
    p->n_slots = p->n_slots ? p->n_slots * 2 : 4096;
    p->slots = noi_alloc_zero(p->n_slots, sizeof *p->slots);
    for (size_t at = 1; at < p->text.n; at += strlen(p->text.p + at) + 1)
        *pool_slot(p, p->text.p + at, strlen(p->text.p + at)) = (uint32_t)at + 1;
}

static void pool_begin(pool *p) {
    noi_buf_add(&p->text, "", 1); /* offset 0 is the empty text */
}

/* "phường", "15" → "Phường 15" */
static uint32_t pool_add_full_name(pool *p, const char *kind, const char *name) {
    NOI_AUTO_FREE char *full = noi_format("%s %s", kind, name);
    if (full[0] >= 'a' && full[0] <= 'z')
        full[0] = (char)(full[0] - 'a' + 'A');
    if (memcmp(full, "\xC4\x91", 2) == 0) /* đ → Đ */
        full[1] = (char)0x90;
    return pool_add(p, full);
}

/* ---- units and edges ---- */

typedef struct builder {
    const noi_plan_source *source;
    pool strings;
    noi_plan_unit_row *units;
    noi_plan_edge_row *edges;
    uint32_t *out, *in;
    uint16_t *by_code;
    noi_buf rules;
} builder;

static uint32_t add_rule_text(void *context, const char *text) {
    return pool_add(&((builder *)context)->strings, text);
}

static noi_status check_source(const noi_plan_source *s) {
    if (s->n_units > 65000)
        return noi_fail(NOI_ERR_INPUT, _("%zu units are more than a plan can hold (65000)"),
                        s->n_units);
    for (size_t i = 0; i < s->n_edges; i++)
        if (s->edges[i].old_unit >= s->n_units || s->edges[i].new_unit >= s->n_units)
            return noi_fail(NOI_ERR_INPUT, _("edge %zu names a unit that is not in the plan"),
                            i + 1);
    for (size_t i = 0; i < s->n_rules; i++)
        if (s->rules[i].old_unit >= s->n_units || s->rules[i].new_unit >= s->n_units)
            return noi_fail(NOI_ERR_INPUT, _("rule %zu names a unit that is not in the plan"),
                            i + 1);
    return NOI_OK;
}

static void fill_units(builder *b) {
    for (size_t i = 0; i < b->source->n_units; i++) {
        const noi_plan_source_unit *u = &b->source->units[i];
        pool *p = &b->strings;
        b->units[i] = (noi_plan_unit_row){
            .code = u->code,
            .district_code = u->district_code,
            .province_code = u->province_code,
            .kind = pool_add(p, u->kind),
            .name = pool_add(p, u->name),
            .full_name = pool_add_full_name(p, u->kind, u->name),
            .district_kind = pool_add(p, u->district_kind),
            .district_name = pool_add(p, u->district_name),
            .province_name = pool_add(p, u->province_name),
            .from = u->from,
            .to = u->to,
            .area_km2 = u->area_km2,
            .population = u->population,
        };
    }
}

static void fill_edges(builder *b) {
    for (size_t i = 0; i < b->source->n_edges; i++) {
        const noi_plan_source_edge *e = &b->source->edges[i];
        b->edges[i] = (noi_plan_edge_row){
            .old_unit = (uint16_t)e->old_unit,
            .new_unit = (uint16_t)e->new_unit,
            .part = (uint8_t)e->part,
            .scope = (uint8_t)e->scope,
            .resolution = pool_add(&b->strings, e->resolution),
            .clause = pool_add(&b->strings, e->clause),
            .on = e->on,
        };
    }
}

/* What qsort compares by; one build a thread at a time. */
static _Thread_local const builder *sorting;

static int by_old_then_new(const void *a, const void *b) {
    const noi_plan_edge_row *x = &sorting->edges[*(const uint32_t *)a];
    const noi_plan_edge_row *y = &sorting->edges[*(const uint32_t *)b];
    if (x->old_unit != y->old_unit)
        return x->old_unit < y->old_unit ? -1 : 1;
    noi_code cx = sorting->units[x->new_unit].code, cy = sorting->units[y->new_unit].code;
    if (cx != cy)
        return cx < cy ? -1 : 1;
    return x < y ? -1 : x > y;
}

static int by_new_then_old(const void *a, const void *b) {
    const noi_plan_edge_row *x = &sorting->edges[*(const uint32_t *)a];
    const noi_plan_edge_row *y = &sorting->edges[*(const uint32_t *)b];
    if (x->new_unit != y->new_unit)
        return x->new_unit < y->new_unit ? -1 : 1;
    noi_code cx = sorting->units[x->old_unit].code, cy = sorting->units[y->old_unit].code;
    if (cx != cy)
        return cx < cy ? -1 : 1;
    return x < y ? -1 : x > y;
}

static int by_code_then_from(const void *a, const void *b) {
    uint16_t i = *(const uint16_t *)a, j = *(const uint16_t *)b;
    const noi_plan_unit_row *x = &sorting->units[i], *y = &sorting->units[j];
    if (x->code != y->code)
        return x->code < y->code ? -1 : 1;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    return i < j ? -1 : i > j;
}

static void order_all(builder *b) {
    size_t n_units = b->source->n_units, n_edges = b->source->n_edges;
    for (uint32_t i = 0; i < n_edges; i++)
        b->out[i] = b->in[i] = i;
    for (uint32_t i = 0; i < n_units; i++)
        b->by_code[i] = (uint16_t)i;
    sorting = b;
    qsort(b->out, n_edges, sizeof *b->out, by_old_then_new);
    qsort(b->in, n_edges, sizeof *b->in, by_new_then_old);
    qsort(b->by_code, n_units, sizeof *b->by_code, by_code_then_from);
    sorting = NULL;
    for (uint32_t i = 0; i < n_edges; i++) {
        noi_plan_unit_row *from = &b->units[b->edges[b->out[i]].old_unit];
        if (from->n_out++ == 0)
            from->first_out = i;
        noi_plan_unit_row *to = &b->units[b->edges[b->in[i]].new_unit];
        if (to->n_in++ == 0)
            to->first_in = i;
    }
}

/* ---- false friends: an old unit whose name a new unit elsewhere bears ---- */

typedef struct named {
    char key[128]; /* folded name without marks */
    uint16_t unit;
} named;

static int by_key(const void *a, const void *b) {
    const named *x = a, *y = b;
    int order = strcmp(x->key, y->key);
    return order ? order : (x->unit < y->unit ? -1 : x->unit > y->unit);
}

static void fold_name(named *out, const noi_plan_source *s, uint16_t unit) {
    noi_str name = noi_str_of(s->units[unit].name);
    if (name.n * 2 >= sizeof out->key)
        name.n = sizeof out->key / 2 - 1;
    noi_text_fold(out->key, name, NOI_FOLD_MARKS);
    out->unit = unit;
}

static bool takes_part_of(const builder *b, uint16_t new_unit, const noi_plan_unit_row *old) {
    for (uint32_t i = 0; i < old->n_out; i++)
        if (b->edges[b->out[old->first_out + i]].new_unit == new_unit)
            return true;
    return false;
}

/* A new unit of another name's sort is a false friend only in the province that the old unit went
 * to: nobody takes Tân Phú in Đồng Nai for Tân Phú in the city. */
static bool is_false_friend(const builder *b, const noi_plan_unit_row *old, uint16_t new_unit) {
    if (old->n_out == 0 || takes_part_of(b, new_unit, old))
        return false;
    uint16_t successor = b->edges[b->out[old->first_out]].new_unit;
    return b->units[successor].province_code == b->units[new_unit].province_code;
}

static void mark_false_friends(builder *b) {
    const noi_plan_source *s = b->source;
    named *news = noi_alloc(s->n_units * sizeof *news);
    size_t n = 0;
    for (size_t i = 0; i < s->n_units; i++)
        if (s->units[i].from == s->on)
            fold_name(&news[n++], s, (uint16_t)i);
    qsort(news, n, sizeof *news, by_key);
    for (size_t i = 0; i < s->n_units; i++) {
        if (s->units[i].to != s->on)
            continue;
        named want;
        fold_name(&want, s, (uint16_t)i);
        size_t low = 0, high = n;
        while (low < high) {
            size_t middle = (low + high) / 2;
            if (strcmp(news[middle].key, want.key) < 0)
                low = middle + 1;
            else
                high = middle;
        }
        for (; low < n && strcmp(news[low].key, want.key) == 0; low++)
            if (is_false_friend(b, &b->units[i], news[low].unit)) {
                b->units[i].flags |= NOI_PLAN_FALSE_FRIEND;
                if (strcmp(s->units[i].kind, s->units[news[low].unit].kind) == 0)
                    b->units[news[low].unit].flags |= NOI_PLAN_NAMESAKE;
            }
    }
    free(news);
}

/* ---- sections ---- */

/* To the next line of cache, for the point index's sake; readers ask for 16 only. */
static void align(noi_buf *out) {
    static const char zeros[64];
    noi_buf_add(out, zeros, (sizeof zeros - out->n % sizeof zeros) % sizeof zeros);
}

static void add_section(noi_buf *out, plan_header *h, plan_section which, const void *bytes,
                        size_t n) {
    align(out);
    h->section[which].at = out->n;
    h->section[which].size = n;
    noi_buf_add(out, bytes, n);
}

static noi_status add_gazetteer(noi_buf *out, plan_header *h, const noi_plan_source *s) {
    NOI_AUTO_FREE noi_gazetteer_unit *units = noi_alloc(s->n_units * sizeof *units);
    for (size_t i = 0; i < s->n_units; i++) {
        const noi_plan_source_unit *u = &s->units[i];
        units[i] = (noi_gazetteer_unit){u->code, u->kind, u->name, u->district_code,
                                        u->district_kind, u->district_name, u->province_code,
                                        u->province_name, u->from, u->to};
    }
    NOI_AUTO_BUF noi_buf bytes = {0};
    NOI_TRY(noi_gazetteer_build(&bytes, units, s->n_units, s->district_aliases,
                                s->n_district_aliases));
    add_section(out, h, PLAN_GAZETTEER, bytes.p, bytes.n);
    return NOI_OK;
}

static noi_status add_layer(noi_buf *out, plan_header *h, plan_section index_section,
                            const noi_plan_source_layer *layer) {
    if (!layer->coverage)
        return NOI_OK;
    NOI_AUTO_BUF noi_buf bytes = {0};
    NOI_TRY(noi_index_build(&bytes, layer->coverage));
    add_section(out, h, index_section, bytes.p, bytes.n);
    add_section(out, h, index_section + 1, layer->unit,
                layer->coverage->n_units * sizeof *layer->unit);
    return NOI_OK;
}

static noi_status add_sections(noi_buf *out, plan_header *h, const builder *b) {
    const noi_plan_source *s = b->source;
    add_section(out, h, PLAN_STRINGS, b->strings.text.p, b->strings.text.n);
    add_section(out, h, PLAN_UNITS, b->units, s->n_units * sizeof *b->units);
    add_section(out, h, PLAN_EDGES, b->edges, s->n_edges * sizeof *b->edges);
    add_section(out, h, PLAN_OUT, b->out, s->n_edges * sizeof *b->out);
    add_section(out, h, PLAN_IN, b->in, s->n_edges * sizeof *b->in);
    add_section(out, h, PLAN_BY_CODE, b->by_code, s->n_units * sizeof *b->by_code);
    NOI_TRY(add_gazetteer(out, h, s));
    NOI_TRY(add_layer(out, h, PLAN_NEW_INDEX, &s->new_layer));
    NOI_TRY(add_layer(out, h, PLAN_OLD_INDEX, &s->old_layer));
    add_section(out, h, PLAN_SPLIT_RULES, b->rules.p, b->rules.n);
    align(out);
    return NOI_OK;
}

static noi_status lay_out(noi_buf *out, const builder *b) {
    bool later = b->source->handover > b->source->on;
    plan_header h = {.on = b->source->on,
                     .later = later ? (uint32_t)(b->source->handover - b->source->on) : 0,
                     .n_units = (uint32_t)b->source->n_units,
                     .n_edges = (uint32_t)b->source->n_edges};
    memcpy(h.magic, PLAN_MAGIC, sizeof h.magic);
    memset(h.inputs, '0', sizeof h.inputs);
    if (b->source->inputs && strlen(b->source->inputs) == sizeof h.inputs)
        memcpy(h.inputs, b->source->inputs, sizeof h.inputs);
    noi_buf_add(out, &h, sizeof h); /* its place; written again below */
    NOI_TRY(add_sections(out, &h, b));
    memcpy(out->p, &h, sizeof h);
    char hash[NOI_DIGEST_HEX];
    noi_digest_bytes(hash, out->p + PLAN_HASHED_FROM, out->n - PLAN_HASHED_FROM);
    memcpy(out->p + 8, hash, 64);
    return NOI_OK;
}

noi_status noi_plan_build(noi_buf *out, const noi_plan_source *source) {
    NOI_TRY(check_source(source));
    builder b = {.source = source,
                 .units = noi_alloc_zero(source->n_units, sizeof(noi_plan_unit_row)),
                 .edges = noi_alloc_zero(source->n_edges, sizeof(noi_plan_edge_row)),
                 .out = noi_alloc_zero(source->n_edges, sizeof(uint32_t)),
                 .in = noi_alloc_zero(source->n_edges, sizeof(uint32_t)),
                 .by_code = noi_alloc_zero(source->n_units, sizeof(uint16_t))};
    pool_begin(&b.strings);
    fill_units(&b);
    fill_edges(&b);
    order_all(&b);
    mark_false_friends(&b);
    noi_status status = noi_plan_rules_build(&b.rules, source, add_rule_text, &b);
    if (status == NOI_OK)
        status = lay_out(out, &b);
    noi_buf_free(&b.rules);
    noi_buf_free(&b.strings.text);
    free(b.strings.slots);
    free(b.units);
    free(b.edges);
    free(b.out);
    free(b.in);
    free(b.by_code);
    return status;
}
