/*
 * open.c: opens a plan and checks all of it once: the hash, the bounds of every section, every
 * number that is used as a position. After that the judge reads without checking.
 */
#include "plan/format.h"
#include "plan/parts.h"

#include "base/digest.h"
#include "base/file.h"
#include "base/i18n.h"

#include <string.h>

static noi_status not_a_plan(const char *why) {
    noi_status status = noi_fail(NOI_ERR_INPUT, _("this is not a plan of this version of noi: %s"),
                                 why);
    noi_hint(_("make it again with 'noi plan REGISTRY -o PLAN'"));
    return status;
}

/* The start of a section whose items have this size; NULL when it does not fit. */
static const void *section(const plan_header *h, plan_section which, size_t n, size_t items,
                           size_t size) {
    uint64_t at = h->section[which].at, bytes = h->section[which].size;
    if (at % 16 || at > n || bytes > n - at || bytes != (uint64_t)items * size)
        return NULL;
    return (const char *)h + at;
}

static noi_status check_hash(const plan_header *h, size_t n) {
    char hash[NOI_DIGEST_HEX];
    noi_digest_bytes(hash, (const char *)h + PLAN_HASHED_FROM, n - PLAN_HASHED_FROM);
    if (memcmp(hash, h->hash, 64) != 0)
        return not_a_plan(_("its bytes do not match its hash"));
    return NOI_OK;
}

static bool texts_are_sound(const noi_plan *p, size_t size) {
    bool sound = true;
    for (uint32_t i = 0; i < p->n_units; i++) {
        const noi_plan_unit_row *u = &p->units[i];
        sound = sound && u->kind < size && u->name < size && u->full_name < size &&
                u->district_kind < size && u->district_name < size && u->province_name < size;
    }
    for (uint32_t i = 0; i < p->n_edges; i++)
        sound = sound && p->edges[i].resolution < size && p->edges[i].clause < size;
    return sound;
}

static bool positions_are_sound(const noi_plan *p) {
    bool sound = true;
    for (uint32_t i = 0; i < p->n_units; i++) {
        const noi_plan_unit_row *u = &p->units[i];
        sound = sound && (uint64_t)u->first_out + u->n_out <= p->n_edges &&
                (uint64_t)u->first_in + u->n_in <= p->n_edges && p->by_code[i] < p->n_units;
    }
    for (uint32_t i = 0; i < p->n_edges; i++) {
        const noi_plan_edge_row *e = &p->edges[i];
        sound = sound && e->old_unit < p->n_units && e->new_unit < p->n_units &&
                p->out_edges[i] < p->n_edges && p->in_edges[i] < p->n_edges &&
                e->part >= NOI_PART_WHOLE && e->part <= NOI_PART_REMAINDER &&
                e->scope >= NOI_SCOPE_ALL && e->scope <= NOI_SCOPE_ALL_AREA_NO_POPULATION;
    }
    return sound;
}

static noi_status attach_tables(noi_plan *p, const plan_header *h, size_t n) {
    p->units = section(h, PLAN_UNITS, n, h->n_units, sizeof *p->units);
    p->edges = section(h, PLAN_EDGES, n, h->n_edges, sizeof *p->edges);
    p->out_edges = section(h, PLAN_OUT, n, h->n_edges, sizeof *p->out_edges);
    p->in_edges = section(h, PLAN_IN, n, h->n_edges, sizeof *p->in_edges);
    p->by_code = section(h, PLAN_BY_CODE, n, h->n_units, sizeof *p->by_code);
    size_t size = h->section[PLAN_STRINGS].size;
    p->strings = section(h, PLAN_STRINGS, n, size, 1);
    if (!p->units || !p->edges || !p->out_edges || !p->in_edges || !p->by_code || !p->strings)
        return not_a_plan(_("a table is cut off"));
    if (size == 0 || p->strings[size - 1] != '\0' || !texts_are_sound(p, size) ||
        !positions_are_sound(p))
        return not_a_plan(_("a table holds an impossible number"));
    return NOI_OK;
}

static noi_status attach_layer(const noi_index **index, const uint32_t **units, const noi_plan *p,
                               const plan_header *h, size_t n, plan_section which) {
    size_t size = h->section[which].size;
    if (size == 0)
        return NOI_OK;
    const void *bytes = section(h, which, n, size, 1);
    if (!bytes)
        return not_a_plan(_("a point index is cut off"));
    noi_status status = noi_index_attach(index, bytes, size);
    if (status != NOI_OK)
        noi_hint(_("a plan that an older noi made is made again with 'noi plan'"));
    NOI_TRY(status);
    size_t areas = noi_index_unit_count(*index);
    *units = section(h, which + 1, n, areas, sizeof **units);
    if (!*units)
        return not_a_plan(_("a table is cut off"));
    for (size_t i = 0; i < areas; i++)
        if ((*units)[i] >= p->n_units && (*units)[i] != UINT32_MAX)
            return not_a_plan(_("a table holds an impossible number"));
    return NOI_OK;
}

/* A plan that an older noi made has none: it is made again, so that no rule is left out unnoticed. */
static noi_status attach_rules(noi_plan *p, const plan_header *h, size_t n) {
    size_t size = h->section[PLAN_SPLIT_RULES].size;
    const void *bytes = section(h, PLAN_SPLIT_RULES, n, size, 1);
    if (!bytes || size == 0)
        return not_a_plan(_("it has no place for split rules"));
    if (!noi_plan_rules_attach(p, bytes, size, h->section[PLAN_STRINGS].size))
        return not_a_plan(_("a table holds an impossible number"));
    return NOI_OK;
}

static noi_status attach_all(noi_plan *p, const plan_header *h, size_t n) {
    NOI_TRY(check_hash(h, n));
    p->on = h->on;
    p->handover = h->on + (noi_day)(h->later & INT16_MAX); /* 89 years at most */
    p->n_units = h->n_units;
    p->n_edges = h->n_edges;
    memcpy(p->hash, h->hash, 64);
    memcpy(p->inputs, h->inputs, 64);
    NOI_TRY(attach_tables(p, h, n));
    size_t size = h->section[PLAN_GAZETTEER].size;
    const void *gazetteer = section(h, PLAN_GAZETTEER, n, size, 1);
    if (!gazetteer)
        return not_a_plan(_("the gazetteer is cut off"));
    NOI_TRY(noi_gazetteer_attach(&p->gazetteer, gazetteer, size));
    NOI_TRY(attach_rules(p, h, n));
    NOI_TRY(attach_layer(&p->new_index, &p->new_index_unit, p, h, n, PLAN_NEW_INDEX));
    return attach_layer(&p->old_index, &p->old_index_unit, p, h, n, PLAN_OLD_INDEX);
}

noi_status noi_plan_attach(noi_plan **out, const void *bytes, size_t n) {
    const plan_header *h = bytes;
    if (n < sizeof *h || memcmp(h->magic, PLAN_MAGIC, sizeof h->magic) != 0)
        return not_a_plan(_("it does not begin like one"));
    if (h->n_units == 0 || h->n_units > 65000)
        return not_a_plan(_("it has no units"));
    noi_plan *plan = noi_alloc_zero(1, sizeof *plan);
    noi_status status = attach_all(plan, h, n);
    if (status != NOI_OK) {
        free(plan);
        return status;
    }
    *out = plan;
    return NOI_OK;
}

noi_status noi_plan_open(noi_plan **out, const char *path) {
    if (!out || !path)
        return noi_fail(NOI_ERR_USAGE, _("noi_plan_open needs a path and a place for the plan"));
    NOI_AUTO(noi_map_closep) noi_map *map = NULL;
    NOI_TRY(noi_map_open(&map, path));
    noi_str bytes = noi_map_bytes(map);
    noi_plan *plan = NULL;
    NOI_TRY(noi_plan_attach(&plan, bytes.p, bytes.n));
    plan->map = map;
    map = NULL;
    *out = plan;
    return NOI_OK;
}

void noi_plan_close(noi_plan *plan) {
    if (!plan)
        return;
    noi_map_close(plan->map);
    free(plan);
}

const char *noi_plan_hash(const noi_plan *plan) {
    return plan->hash;
}

const char *noi_plan_inputs(const noi_plan *plan) {
    return plan->inputs;
}

size_t noi_plan_unit_count(const noi_plan *plan) {
    return plan->n_units;
}

noi_status noi_plan_unit(noi_unit_info *out, const noi_plan *plan, uint16_t unit) {
    if (unit >= plan->n_units)
        return noi_fail(NOI_ERR_USAGE, _("the plan has no unit %u"), (unsigned)unit);
    const noi_plan_unit_row *u = &plan->units[unit];
    *out = (noi_unit_info){.code = u->code,
                           .kind = noi_plan_text(plan, u->kind),
                           .name = noi_plan_text(plan, u->name),
                           .full_name = noi_plan_text(plan, u->full_name),
                           .district_name = noi_plan_text(plan, u->district_name),
                           .province_name = noi_plan_text(plan, u->province_name),
                           .from = u->from,
                           .to = u->to};
    return NOI_OK;
}

noi_status noi_plan_edge(noi_edge_info *out, const noi_plan *plan, int32_t edge) {
    if (edge < 0 || (uint32_t)edge >= plan->n_edges)
        return noi_fail(NOI_ERR_USAGE, _("the plan has no edge %d"), edge);
    const noi_plan_edge_row *e = &plan->edges[edge];
    *out = (noi_edge_info){.old_unit = e->old_unit,
                           .new_unit = e->new_unit,
                           .part = noi_part_key((noi_part)e->part),
                           .scope = noi_scope_key((noi_scope)e->scope),
                           .resolution = noi_plan_text(plan, e->resolution),
                           .clause = noi_plan_text(plan, e->clause)};
    return NOI_OK;
}

size_t noi_plan_rule_count(const noi_plan *plan) {
    return plan->n_rules;
}

noi_status noi_plan_rule(noi_rule_info *out, const noi_plan *plan, int32_t rule) {
    if (rule < 0 || (uint32_t)rule >= plan->n_rules)
        return noi_fail(NOI_ERR_USAGE, _("the plan has no split rule %d"), rule);
    const noi_plan_rule_row *r = &plan->rules[rule];
    *out = (noi_rule_info){.old_unit = r->old_unit,
                           .new_unit = r->new_unit,
                           .street = noi_plan_text(plan, r->street_text),
                           .side = noi_side_key((noi_street_side)r->side),
                           .from = r->from,
                           .to = r->to,
                           .alley = noi_plan_text(plan, r->alley_text),
                           .hamlet = noi_plan_text(plan, r->hamlet_text),
                           .sheet = noi_plan_text(plan, r->sheet_text),
                           .source = noi_plan_text(plan, r->source),
                           .origin = r->origin == NOI_RULE_LEARNED ? "learned" : "imported",
                           .support = r->support,
                           .purity = r->purity,
                           .on = r->on,
                           .id = r->id};
    return NOI_OK;
}

/* ---- finding units ---- */

size_t noi_plan_find_all(uint32_t *first, const noi_plan *plan, noi_code code) {
    size_t low = 0, high = plan->n_units;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (plan->units[plan->by_code[middle]].code < code)
            low = middle + 1;
        else
            high = middle;
    }
    *first = (uint32_t)low;
    size_t n = 0;
    while (low + n < plan->n_units && plan->units[plan->by_code[low + n]].code == code)
        n++;
    return n;
}

uint16_t noi_plan_find(const noi_plan *plan, noi_code code, noi_day on) {
    uint32_t first;
    size_t n = noi_plan_find_all(&first, plan, code);
    for (size_t i = 0; i < n; i++)
        if (noi_plan_in_force(plan, plan->by_code[first + i], on))
            return plan->by_code[first + i];
    return NOI_NO_UNIT;
}

int32_t noi_plan_edge_between(const noi_plan *plan, uint16_t old_unit, uint16_t new_unit) {
    const noi_plan_unit_row *u = &plan->units[old_unit];
    for (uint32_t i = 0; i < u->n_out; i++) {
        uint32_t edge = plan->out_edges[u->first_out + i];
        if (plan->edges[edge].new_unit == new_unit && plan->edges[edge].on == plan->on)
            return (int32_t)edge;
    }
    return -1;
}

typedef struct walk {
    uint16_t *out;
    size_t most, n;
    int steps; /* left; no honest chain of changes takes more */
} walk;

static void keep_sorted(walk *w, uint16_t unit) {
    size_t held = w->n < w->most ? w->n : w->most, at = 0;
    while (at < held && w->out[at] < unit)
        at++;
    if (at < held && w->out[at] == unit)
        return;
    if (held < w->most)
        memmove(w->out + at + 1, w->out + at, (held - at) * sizeof *w->out);
    if (at < w->most)
        w->out[at] = unit;
    w->n++;
}

/* Follows edges that lie before the plan's change. Days only grow along a chain, so it ends. */
static void walk_forward(walk *w, const noi_plan *plan, uint16_t unit, noi_day after) {
    if (noi_plan_in_force(plan, unit, plan->on - 1)) {
        keep_sorted(w, unit);
        return;
    }
    const noi_plan_unit_row *u = &plan->units[unit];
    for (uint32_t i = 0; i < u->n_out && w->steps-- > 0; i++) {
        const noi_plan_edge_row *e = &plan->edges[plan->out_edges[u->first_out + i]];
        if (e->on < plan->on && e->on > after)
            walk_forward(w, plan, e->new_unit, e->on);
    }
}

size_t noi_plan_forward_to_eve(uint16_t *out, size_t most, const noi_plan *plan, uint16_t unit) {
    walk w = {out, most, 0, 512};
    walk_forward(&w, plan, unit, NOI_DAY_NONE);
    return w.n;
}
