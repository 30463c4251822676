/* learn.c: collects what teaches, tests what was learned, stores it; see learn.h. */
#include "merge/learn.h"

#include "base/i18n.h"
#include "merge/evidence.h"
#include "merge/learn_groups.h"
#include "merge/run.h"
#include "merge/vintage.h"
#include "registry/ledger.h"
#include "registry/stage.h"
#include "registry/store.h"

#include <math.h>
#include <string.h>

#define BATCH   4096
#define HELD_OF 5 /* one of so many is held out */

static const struct {
    const char *key, *sentence;
} fates[] = {
#define FATE_ROW(name, key, sentence) {key, sentence},
    NOI_LEARN_FATE_TABLE(FATE_ROW)
#undef FATE_ROW
};

const char *noi_learn_fate_key(noi_learn_fate fate) {
    return fates[fate].key;
}

const char *noi_learn_fate_sentence(noi_learn_fate fate) {
    return _(fates[fate].sentence);
}

/* ---- collecting ------------------------------------------------------------------------------ */

typedef struct collector {
    const noi_plan *plan;
    noi_learned *out;
    size_t room;
    noi_evidence *evidence;
    noi_arena *batch_texts;
    struct {
        noi_str text;
        bool has_code;
        double lon, lat;
        noi_evidence_ref ref;
    } rows[BATCH];
    size_t n;
} collector;

static uint64_t mix(uint64_t hash, uint64_t value) {
    hash = (hash ^ value) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ hash >> 31;
}

static noi_str keep(noi_arena *arena, noi_str text) {
    return (noi_str){noi_arena_strndup(arena, text.p ? text.p : "", text.n), text.n};
}

static bool is_split(const noi_plan *plan, uint16_t unit) {
    size_t n = 0;
    const noi_plan_unit_row *u = &plan->units[unit];
    for (uint32_t i = 0; i < u->n_out; i++)
        n += plan->edges[plan->out_edges[u->first_out + i]].on == plan->on;
    return n > 1;
}

/* A point decided, clear of the border, and nothing in the record speaks against its old unit. */
static bool teaches(const noi_plan *plan, const noi_verdict *v) {
    const uint32_t doubts = NOI_WARN_CODE_CONTRADICTS | NOI_WARN_POINT_CONTRADICTS |
                            NOI_WARN_DISTRICT_CONTRADICTS | NOI_WARN_MAP_CONTRADICTS_LAW;
    return v->status == NOI_ASSIGNED && v->method == NOI_BY_POINT && v->old_unit != NOI_NO_UNIT &&
           !(v->warnings & doubts) && is_split(plan, v->old_unit);
}

static void take_place(noi_learned_point *p, const noi_reading *reading, noi_arena *texts) {
    noi_place place;
    noi_street street;
    noi_place_of(&place, reading, NOI_STR(""));
    noi_street_parse(&street, reading->street);
    p->street = place.street;
    p->street_text = keep(texts, street.text);
    p->house = place.house;
    p->n_hamlets = (uint8_t)place.hamlet.n;
    p->place = mix(mix(place.street.bare, place.house.kind), place.house.last);
    for (size_t i = 0; i < place.house.n_links; i++)
        p->place = mix(p->place, place.house.links[i]);
    for (size_t i = 0; i < place.hamlet.n; i++) {
        p->hamlet[i] = place.hamlet_keys[i];
        p->hamlet_kind[i] = place.hamlet.parts[i].kind;
        p->hamlet_text[i] = keep(texts, place.hamlet.parts[i].text);
        p->place = mix(p->place, place.hamlet_keys[i].bare);
    }
    p->is_held = mix(p->place, 1) % HELD_OF == 0;
}

static void take_row(collector *c, size_t i) {
    const noi_verdict *v = noi_evidence_verdict(c->evidence, c->rows[i].ref);
    if (!teaches(c->plan, v))
        return;
    noi_reading reading;
    noi_address_read(&reading, c->plan->gazetteer, c->rows[i].text);
    if (reading.n_units == 0 && !c->rows[i].has_code)
        return; /* the map alone told the old unit: the text may be of another place */
    noi_learned_point point = {.old_unit = v->old_unit,
                               .new_unit = v->new_unit,
                               .lon = c->rows[i].lon,
                               .lat = c->rows[i].lat};
    take_place(&point, &reading, c->out->texts);
    if (point.street.bare == 0 && point.n_hamlets == 0)
        return;
    NOI_GROW(c->out->points, c->room, c->out->n_points + 1);
    c->out->points[c->out->n_points++] = point;
}

static noi_status take_batch(collector *c) {
    NOI_TRY(noi_evidence_judge(c->evidence, c->plan));
    for (size_t i = 0; i < c->n; i++)
        take_row(c, i);
    noi_evidence_clear(c->evidence);
    noi_arena_reset(c->batch_texts);
    c->n = 0;
    return NOI_OK;
}

static void add_row(collector *c, noi_stmt *q) {
    noi_str text = keep(c->batch_texts, noi_column_text(q, 0)), code = noi_column_text(q, 1);
    const noi_evidence_piece piece = {.text = text,
                                      .old_code = code,
                                      .lon = noi_column_real(q, 2),
                                      .lat = noi_column_real(q, 3),
                                      .error_m = (float)noi_column_real(q, 4),
                                      .as_of = noi_column_day(q, 5)};
    c->rows[c->n].text = text;
    c->rows[c->n].has_code = code.n > 0;
    c->rows[c->n].lon = piece.lon;
    c->rows[c->n].lat = piece.lat;
    c->rows[c->n].ref = noi_evidence_add(c->evidence, &piece);
    c->n++;
    c->out->n_read++;
}

static noi_status collect(collector *c, noi_registry *registry) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, registry, "merge/learn_addresses"));
    for (bool row = true;;) {
        NOI_TRY(noi_step(q, &row));
        if (row)
            add_row(c, q);
        if (c->n == BATCH || (!row && c->n))
            NOI_TRY(take_batch(c));
        if (!row)
            return NOI_OK;
    }
}

/* ---- order, each place once ------------------------------------------------------------------ */

static int compare_texts(noi_str a, noi_str b) {
    int order = memcmp(a.p, b.p, a.n < b.n ? a.n : b.n);
    return order ? order : (a.n > b.n) - (a.n < b.n);
}

static int by_place(const void *a, const void *b) {
    const noi_learned_point *x = a, *y = b;
    if (x->old_unit != y->old_unit)
        return x->old_unit < y->old_unit ? -1 : 1;
    if (x->street.bare != y->street.bare)
        return x->street.bare < y->street.bare ? -1 : 1;
    if (x->place != y->place)
        return x->place < y->place ? -1 : 1;
    if (x->new_unit != y->new_unit)
        return x->new_unit < y->new_unit ? -1 : 1;
    if (x->street.marks != y->street.marks) /* written with marks first */
        return x->street.marks > y->street.marks ? -1 : 1;
    int order = compare_texts(x->street_text, y->street_text);
    if (order)
        return order;
    if (x->lon != y->lon)
        return x->lon < y->lon ? -1 : 1;
    return (x->lat > y->lat) - (x->lat < y->lat);
}

/* Ten records of one house are one address. */
static void keep_each_once(noi_learned *out) {
    size_t kept = 0;
    if (out->n_points)
        qsort(out->points, out->n_points, sizeof *out->points, by_place);
    for (size_t i = 0; i < out->n_points; i++) {
        const noi_learned_point *p = &out->points[i], *last = kept ? &out->points[kept - 1] : NULL;
        bool same = last && last->old_unit == p->old_unit && last->street.bare == p->street.bare &&
                    last->place == p->place && last->new_unit == p->new_unit;
        if (!same)
            out->points[kept++] = *p;
    }
    out->n_repeated = out->n_points - kept;
    out->n_points = kept;
}

/* ---- testing --------------------------------------------------------------------------------- */

static void place_of(noi_place *out, const noi_learned_point *p) {
    memset(out, 0, sizeof *out);
    out->street = p->street;
    out->house = p->house;
    out->hamlet.n = p->n_hamlets;
    for (size_t i = 0; i < p->n_hamlets; i++) {
        out->hamlet_keys[i] = p->hamlet[i];
        out->hamlet.parts[i].kind = p->hamlet_kind[i];
    }
}

static uint32_t no_text(void *context, const char *text) {
    (void)context;
    (void)text;
    return 0;
}

void noi_learned_mark(bool *marks, const noi_plan_source_rule *rule,
                      const noi_learned_point *points, size_t n) {
    const noi_plan_source source = {.n_rules = 1, .rules = rule};
    NOI_AUTO_BUF noi_buf bytes = {0};
    if (noi_plan_rules_build(&bytes, &source, no_text, NULL) != NOI_OK) {
        noi_error_clear();
        return;
    }
    const noi_plan_rule_row *row = (const void *)(bytes.p + sizeof(noi_plan_rules_header));
    for (size_t i = 0; i < n; i++) {
        noi_place place;
        place_of(&place, &points[i]);
        noi_rule_fit fit = noi_rule_fits(row, &place);
        marks[i] |= !fit.unsaid && !fit.denied;
    }
}

/* The plan with the learned rules that are still used in place of its own; `bytes` holds them. */
static noi_status with_rules(noi_plan *out, noi_buf *bytes, const noi_plan *plan,
                             const noi_learned *learned) {
    NOI_AUTO_FREE noi_plan_source_rule *rules =
        noi_alloc((learned->n_rules + 1) * sizeof *rules);
    noi_plan_source source = {.rules = rules};
    for (size_t i = 0; i < learned->n_rules; i++)
        if (learned->rules[i].fate == NOI_LEARN_USED)
            rules[source.n_rules++] = learned->rules[i].rule;
    NOI_TRY(noi_plan_rules_build(bytes, &source, no_text, NULL));
    *out = *plan;
    out->n_rules = (uint32_t)source.n_rules;
    out->rules = (const void *)(bytes->p + sizeof(noi_plan_rules_header));
    return NOI_OK;
}

/* How each rule does on the held-out points of its unit; rules that fail are not used. */
static noi_status test_rules(noi_learned *out, const noi_plan *plan, double min_purity) {
    NOI_AUTO_BUF noi_buf bytes = {0};
    noi_plan tested;
    NOI_TRY(with_rules(&tested, &bytes, plan, out));
    for (size_t i = 0; i < out->n_points; i++) {
        noi_place place;
        uint32_t first;
        if (!out->points[i].is_held)
            continue;
        place_of(&place, &out->points[i]);
        size_t n = noi_plan_rules_of(&first, &tested, out->points[i].old_unit);
        for (size_t k = first; k < first + n; k++) {
            noi_rule_fit fit = noi_rule_fits(&tested.rules[k], &place);
            noi_learned_rule *rule = &out->rules[tested.rules[k].id];
            if (fit.unsaid || fit.denied)
                continue;
            rule->held++;
            rule->held_right += tested.rules[k].new_unit == out->points[i].new_unit;
        }
    }
    for (size_t i = 0; i < out->n_rules; i++)
        if (out->rules[i].fate == NOI_LEARN_USED &&
            out->rules[i].held_right < min_purity * out->rules[i].held)
            out->rules[i].fate = NOI_LEARN_FAILED;
    return NOI_OK;
}

static void candidates_of(unit_set *out, const noi_plan *plan, uint16_t old_unit) {
    const noi_plan_unit_row *u = &plan->units[old_unit];
    for (uint32_t i = 0; i < u->n_out; i++) {
        const noi_plan_edge_row *e = &plan->edges[plan->out_edges[u->first_out + i]];
        if (e->on == plan->on)
            set_add(out, e->new_unit);
    }
}

/* What the rules that stay do together, as the judge weighs them. */
static void test_unit(noi_learned_unit *unit, const noi_learned *out, const noi_plan *tested) {
    unit_set among = {0};
    candidates_of(&among, tested, unit->old_unit);
    for (size_t i = unit->first_point; i < unit->first_point + unit->n_points; i++) {
        const noi_learned_point *p = &out->points[i];
        noi_place place;
        noi_rules_say says;
        unit->taught += !p->is_held;
        if (!p->is_held)
            continue;
        place_of(&place, p);
        noi_rules_weigh(&says, tested, unit->old_unit, &among, &place);
        unit->held++;
        unit->decided += says.units.n == 1;
        unit->right += says.units.n == 1 && says.units.items[0] == p->new_unit;
    }
}

static noi_status test_units(noi_learned *out, const noi_plan *plan) {
    NOI_AUTO_BUF noi_buf bytes = {0};
    noi_plan tested;
    NOI_TRY(with_rules(&tested, &bytes, plan, out));
    for (size_t u = 0; u < out->n_units; u++) {
        noi_learned_unit *unit = &out->units[u];
        test_unit(unit, out, &tested);
        for (size_t i = 0; i < out->n_rules; i++) {
            if (out->rules[i].rule.old_unit != unit->old_unit)
                continue;
            unit->n_rules += out->rules[i].fate == NOI_LEARN_USED;
            unit->n_left_out += out->rules[i].fate != NOI_LEARN_USED;
        }
    }
    return NOI_OK;
}

/* How many points of its unit an imported rule holds for, and how many lie elsewhere. */
static noi_learned_contradiction try_imported(const noi_learned *out, const noi_plan *plan,
                                              const noi_learned_unit *unit, uint32_t rule) {
    noi_learned_contradiction c = {.rule = (int32_t)rule};
    for (size_t i = unit->first_point; i < unit->first_point + unit->n_points; i++) {
        noi_place place;
        place_of(&place, &out->points[i]);
        noi_rule_fit fit = noi_rule_fits(&plan->rules[rule], &place);
        bool holds = !fit.unsaid && !fit.denied;
        c.held += holds;
        c.against += holds && out->points[i].new_unit != plan->rules[rule].new_unit;
    }
    return c;
}

/* Imported rules that points say otherwise than. */
static void find_contradictions(noi_learned *out, const noi_plan *plan) {
    size_t room = 0;
    for (size_t u = 0; u < out->n_units; u++) {
        uint32_t first;
        size_t n = noi_plan_rules_of(&first, plan, out->units[u].old_unit);
        for (uint32_t r = first; r < first + n; r++) {
            if (plan->rules[r].origin != NOI_RULE_IMPORTED)
                continue;
            noi_learned_contradiction c = try_imported(out, plan, &out->units[u], r);
            if (c.against == 0)
                continue;
            NOI_GROW(out->contradictions, room, out->n_contradictions + 1);
            out->contradictions[out->n_contradictions++] = c;
        }
    }
}

/* ---- the whole ------------------------------------------------------------------------------- */

static void learn_units(noi_learned *out, const noi_learn_options *options) {
    noi_learning l = {.options = options, .out = out};
    size_t room = 0;
    for (size_t from = 0, to; from < out->n_points; from = to) {
        uint16_t unit = out->points[from].old_unit;
        for (to = from; to < out->n_points && out->points[to].old_unit == unit; to++)
            ;
        noi_learn_unit(&l, from, to - from);
        NOI_GROW(out->units, room, out->n_units + 1);
        out->units[out->n_units++] = (noi_learned_unit){.old_unit = unit,
                                                        .first_point = (uint32_t)from,
                                                        .n_points = (uint32_t)(to - from)};
    }
}

static noi_status learn(noi_learned *out, noi_registry *registry, const noi_plan *plan,
                        const noi_learn_options *options) {
    NOI_AUTO_FREE collector *c = noi_alloc_zero(1, sizeof *c);
    c->plan = plan;
    c->out = out;
    c->evidence = noi_evidence_new();
    c->batch_texts = noi_arena_new();
    noi_status status = collect(c, registry);
    noi_evidence_free(c->evidence);
    noi_arena_free(c->batch_texts);
    NOI_TRY(status);
    keep_each_once(out);
    learn_units(out, options);
    NOI_TRY(test_rules(out, plan, options->min_purity));
    NOI_TRY(test_units(out, plan));
    find_contradictions(out, plan);
    return NOI_OK;
}

noi_status noi_learn(noi_learned **out, noi_registry *registry, const noi_plan *plan,
                     const noi_learn_options *options) {
    if (!plan->new_index) {
        noi_status status = noi_fail(NOI_ERR_INPUT, _("%s holds no layer of the new units: no point "
                                                      "tells which unit it lies in"),
                                     noi_registry_path(registry));
        noi_hint(_("import it first: noi import %s layer FILE --as-of DAY"),
                 noi_registry_path(registry));
        return status;
    }
    NOI_AUTO(noi_learned_freep) noi_learned *learned = noi_alloc_zero(1, sizeof *learned);
    learned->texts = noi_arena_new();
    NOI_TRY(learn(learned, registry, plan, options));
    *out = learned;
    learned = NULL;
    return NOI_OK;
}

void noi_learned_free(noi_learned *learned) {
    if (!learned)
        return;
    free(learned->rules);
    free(learned->points);
    free(learned->units);
    free(learned->contradictions);
    noi_arena_free(learned->texts);
    free(learned);
}

/* ---- storing --------------------------------------------------------------------------------- */

static noi_str or_null(const char *text) {
    return text && *text ? noi_str_of(text) : (noi_str){NULL, 0};
}

static noi_status store_rule(noi_stmt *q, const noi_vintage *vintage, const noi_learned_rule *l,
                             int64_t run_id) {
    const noi_plan_source_rule *r = &l->rule;
    bool used = l->fate == NOI_LEARN_USED;
    noi_bind_text(q, 1, used ? NOI_STR("used") : NOI_STR("below"));
    noi_bind_int(q, 2, vintage->units->items[r->old_unit].id);
    noi_bind_int(q, 3, vintage->units->items[r->new_unit].id);
    noi_bind_text(q, 4, or_null(r->street));
    noi_bind_text(q, 5, or_null(noi_side_key(r->side)));
    if (r->to) {
        noi_bind_int(q, 6, r->from);
        noi_bind_int(q, 7, r->to);
    } else {
        noi_bind_null(q, 6);
        noi_bind_null(q, 7);
    }
    noi_bind_text(q, 8, or_null(r->alley));
    noi_bind_text(q, 9, or_null(r->hamlet));
    noi_bind_text(q, 10, NOI_STR("noi learn"));
    noi_bind_int(q, 11, r->support);
    noi_bind_real(q, 12, r->purity);
    noi_bind_text(q, 13, used ? (noi_str){NULL, 0} : noi_str_of(noi_learn_fate_key(l->fate)));
    noi_bind_int(q, 14, run_id);
    return noi_run(q);
}

static noi_status store(noi_registry *registry, const noi_learned *learned,
                        const noi_vintage *vintage) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    int64_t run_id = 0;
    NOI_TRY(noi_stage_refuse(registry, NOI_STAGE_FROZEN, _("learned rules")));
    NOI_TRY(noi_exec(registry, "merge/learn_retire"));
    NOI_TRY(noi_exec(registry, "merge/learn_forget"));
    NOI_TRY(noi_run_begin(&run_id, registry, "learn", NULL));
    NOI_TRY(noi_prepare(&q, registry, "merge/learn_add"));
    for (size_t i = 0; i < learned->n_rules; i++)
        NOI_TRY(store_rule(q, vintage, &learned->rules[i], run_id));
    NOI_TRY(noi_ledger_append_rows(registry, run_id, "learn", "ledger/learned"));
    NOI_TRY(noi_run_end(registry, run_id));
    return noi_commit(registry);
}

noi_status noi_learn_store(noi_registry *registry, const noi_plan *plan,
                           const noi_learned *learned) {
    NOI_AUTO(noi_vintage_freep) noi_vintage *vintage = NULL;
    NOI_TRY(noi_vintage_load(&vintage, registry));
    if (vintage->units->n != plan->n_units)
        return noi_fail(NOI_ERR_INTERNAL, _("the units of the plan are not those of %s"),
                        noi_registry_path(registry));
    NOI_TRY(noi_begin(registry));
    noi_status status = store(registry, learned, vintage);
    if (status != NOI_OK)
        noi_rollback(registry);
    return status;
}
