/*
 * law.c: what a registry knows about the day whose units a layer draws: the units, the edges that
 * lead to or from them, and the stored layer of the other side.
 *
 * Which day a layer draws is found by codes and names together: 167 of the city's 168 new codes are
 * an old unit's code, so codes alone would make a new layer pass for an old one.
 */
#include "boundary/boundary.h"
#include "boundary/match.h"

#include "base/i18n.h"

#include <string.h>

/* What the finding of a day works with. */
typedef struct finder {
    const noi_layer *layer;
    noi_unit_list *ever;
    code_table by_code;
    noi_edge_list *edges;
    bool bare; /* the layer's names bear no marks */
} finder;

static void finder_clear(finder *f) {
    code_table_clear(&f->by_code);
}

static const noi_unit_row *unit_on(const finder *f, uint32_t feature, noi_day on) {
    size_t n;
    const noi_unit_row *const *row =
        code_table_find(&n, &f->by_code, f->layer->coverage->unit_code[feature]);
    for (size_t i = n; i-- > 0;) /* the newest of several rows */
        if (unit_is_in_force(row[i], on))
            return row[i];
    return NULL;
}

static bool fits(const finder *f, uint32_t feature, const noi_unit_row *unit) {
    const char *name = f->layer->features[feature].name;
    return !name[0] || names_agree(name, unit, f->bare);
}

/* ---- the day ---- */

typedef struct days {
    noi_day *day;
    size_t n, capacity;
} days;

static void days_free(days *d) {
    free(d->day);
}

static void add_day(days *d, noi_day day) {
    NOI_GROW(d->day, d->capacity, d->n + 1);
    d->day[d->n++] = day;
}

static int by_day(const void *a, const void *b) {
    noi_day x = *(const noi_day *)a, y = *(const noi_day *)b;
    return (x > y) - (x < y);
}

/* The first and last days of all spans, ascending: between them nothing changes. */
static void days_of_change(days *out, const noi_unit_list *ever) {
    for (size_t i = 0; i < ever->n; i++) {
        const noi_day ends[] = {ever->items[i].from, ever->items[i].to};
        for (int e = 0; e < 2; e++)
            if (ends[e] != NOI_DAY_NONE && ends[e] != NOI_DAY_OPEN) {
                add_day(out, ends[e] - 1);
                add_day(out, ends[e]);
            }
    }
    if (!out->n)
        add_day(out, 0); /* units that never change: any day will do */
    qsort(out->day, out->n, sizeof *out->day, by_day);
    size_t n = 1;
    for (size_t i = 1; i < out->n; i++)
        if (out->day[i] != out->day[n - 1])
            out->day[n++] = out->day[i];
    out->n = n;
}

static bool is_reform_side(const finder *f, noi_day day) {
    for (size_t i = 0; i < f->edges->n; i++)
        if (f->edges->items[i].effective_on == day || f->edges->items[i].effective_on == day + 1)
            return true;
    return false;
}

/* A code with its name counts four times as much as a code alone. */
static int64_t fit_of_day(const finder *f, noi_day day) {
    int64_t fit = 0;
    for (uint32_t i = 0; i < f->layer->coverage->n_units; i++) {
        const noi_unit_row *unit = unit_on(f, i, day);
        fit += !unit ? 0 : fits(f, i, unit) ? 4 : 1;
    }
    return fit;
}

/* Of equal days a side of a reform, which can be cross-examined; of these the newest. */
static noi_day best_day(const finder *f) {
    NOI_AUTO(days_free) days d = {0};
    days_of_change(&d, f->ever);
    noi_day day = NOI_DAY_NONE;
    bool is_side = false;
    int64_t best = 0;
    for (size_t i = 0; i < d.n; i++) {
        int64_t fit = fit_of_day(f, d.day[i]);
        bool side = is_reform_side(f, d.day[i]);
        if (fit < best || !fit || (fit == best && is_side && !side))
            continue;
        best = fit;
        day = d.day[i];
        is_side = side;
    }
    return day;
}

static noi_status no_day(const finder *f, noi_day given) {
    char day[12];
    const char *layer = f->layer->name ? f->layer->name : "";
    noi_status status =
        given == NOI_DAY_NONE
            ? noi_fail(
                  NOI_ERR_INPUT,
                  _("the registry holds no units that the layer '%s' could draw: on no day are "
                    "half of its codes known"),
                  layer)
            : noi_fail(NOI_ERR_INPUT, _("none of the codes of the layer '%s' is a unit on %s"),
                       layer, noi_day_format(day, given));
    noi_hint(_("import the list of units of the layer's day and province first ('noi import "
               "REGISTRY units FILE --as-of DAY'), or name the field that holds the codes"));
    return status;
}

static uint32_t known_codes(const finder *f, noi_day day) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < f->layer->coverage->n_units; i++)
        n += unit_on(f, i, day) != NULL;
    return n;
}

/* A day that a person names holds if it knows any of the codes. */
static noi_status find_day(noi_day *day, const finder *f, noi_day given) {
    noi_day found = given == NOI_DAY_NONE ? best_day(f) : given;
    uint32_t known = found == NOI_DAY_NONE ? 0 : known_codes(f, found);
    if (!known || (given == NOI_DAY_NONE && 2 * known < f->layer->coverage->n_units))
        return no_day(f, given);
    *day = found;
    return NOI_OK;
}

/* ---- provinces ---- */

/* How many of a province's units the layer draws. */
typedef struct province {
    noi_code code;
    int64_t units, drawn, alike; /* in force; of these drawn; with code and name */
    bool is_meant;
} province;

typedef struct provinces {
    province *item;
    size_t n, capacity;
} provinces;

static void provinces_free(provinces *p) {
    free(p->item);
}

static province *province_of(provinces *all, noi_code code) {
    for (size_t i = 0; i < all->n; i++)
        if (all->item[i].code == code)
            return &all->item[i];
    NOI_GROW(all->item, all->capacity, all->n + 1);
    all->item[all->n] = (province){.code = code};
    return &all->item[all->n++];
}

static bool is_meant(const provinces *all, noi_code code) {
    for (size_t i = 0; i < all->n; i++)
        if (all->item[i].code == code)
            return all->item[i].is_meant;
    return false;
}

/* A province is meant when a tenth of its units, or of the layer, lies in it: a layer cut too wide
 * draws some units of the neighbours as well, which are then found to be strangers. */
static void find_provinces(provinces *out, const finder *f, noi_day day) {
    for (size_t i = 0; i < f->ever->n; i++)
        if (unit_is_in_force(&f->ever->items[i], day))
            province_of(out, f->ever->items[i].province_code)->units++;
    for (uint32_t i = 0; i < f->layer->coverage->n_units; i++) {
        const noi_unit_row *unit = unit_on(f, i, day);
        if (!unit)
            continue;
        province *p = province_of(out, unit->province_code);
        p->drawn++;
        p->alike += fits(f, i, unit);
    }
    province *most = NULL;
    for (size_t i = 0; i < out->n; i++) {
        province *p = &out->item[i];
        p->is_meant = p->alike > 0 && (10 * p->alike >= p->units ||
                                       10 * p->alike >= (int64_t)f->layer->coverage->n_units);
        if (!most || p->alike > most->alike || (p->alike == most->alike && p->drawn > most->drawn))
            most = p;
    }
    if (most)
        most->is_meant = true;
}

static void keep_provinces(noi_unit_list *list, const provinces *which) {
    size_t n = 0;
    for (size_t i = 0; i < list->n; i++)
        if (is_meant(which, list->items[i].province_code))
            list->items[n++] = list->items[i];
    list->n = n;
}

/* ---- the reform ---- */

/* Whether the provinces have the same units on both days. */
static bool same_units(const finder *f, const provinces *which, noi_day a, noi_day b) {
    for (size_t i = 0; i < f->ever->n; i++) {
        const noi_unit_row *unit = &f->ever->items[i];
        if (is_meant(which, unit->province_code) &&
            unit_is_in_force(unit, a) != unit_is_in_force(unit, b))
            return false;
    }
    return true;
}

static bool leads_to(const noi_edge_row *edge, const noi_unit_list *units, bool is_new) {
    return unit_position(units, is_new ? edge->new_unit : edge->old_unit) != SIZE_MAX;
}

/* The newest reform one of whose sides are the law's units; NOI_DAY_NONE. */
static noi_day find_reform(noi_boundary_law *law, const finder *f, const provinces *which) {
    noi_day tried = NOI_DAY_NONE;
    bool is_new = false, is_old = false;
    for (size_t i = f->edges->n; i-- > 0;) { /* by their day */
        const noi_edge_row *edge = &f->edges->items[i];
        if (edge->effective_on != tried) {
            tried = edge->effective_on;
            is_new = same_units(f, which, law->day, tried);
            is_old = !is_new && same_units(f, which, law->day, tried - 1);
        }
        if ((is_new || is_old) && leads_to(edge, law->units, is_new)) {
            law->layer_is_new = is_new;
            return tried;
        }
    }
    return NOI_DAY_NONE;
}

/* The decrees whose edges were read from their text: their edges by a table are left out. */
typedef struct texts {
    const char **resolution;
    size_t n, capacity;
} texts;

static void texts_free(texts *t) {
    free(t->resolution);
}

static bool has_text(const texts *t, const char *resolution) {
    for (size_t i = 0; i < t->n; i++)
        if (strcmp(t->resolution[i], resolution) == 0)
            return true;
    return false;
}

static void find_texts(texts *out, const noi_edge_list *edges) {
    for (size_t i = 0; i < edges->n; i++) {
        const noi_edge_row *edge = &edges->items[i];
        if (strcmp(edge->basis, "law") != 0 || has_text(out, edge->resolution))
            continue;
        NOI_GROW(out->resolution, out->capacity, out->n + 1);
        out->resolution[out->n++] = edge->resolution;
    }
}

static noi_status load_other(noi_boundary_law *law, noi_registry *registry, const finder *f,
                             noi_day reform) {
    NOI_AUTO(provinces_free) provinces beyond = {0};
    noi_day day = law->layer_is_new ? reform - 1 : reform;
    NOI_AUTO(noi_unit_list_freep) noi_unit_list *other = NULL;
    NOI_TRY(noi_unit_list_load(&other, registry, day));
    for (size_t i = 0; i < f->edges->n; i++) {
        const noi_edge_row *edge = &f->edges->items[i];
        size_t at = edge->effective_on == reform && leads_to(edge, law->units, law->layer_is_new)
                        ? unit_position(other, law->layer_is_new ? edge->old_unit : edge->new_unit)
                        : SIZE_MAX;
        if (at != SIZE_MAX)
            province_of(&beyond, other->items[at].province_code)->is_meant = true;
    }
    keep_provinces(other, &beyond);
    law->other = other;
    other = NULL;
    return NOI_OK;
}

static int by_units(const void *a, const void *b) {
    const noi_reform_edge *x = a, *y = b;
    if (x->old_unit != y->old_unit)
        return x->old_unit < y->old_unit ? -1 : 1;
    return (x->new_unit > y->new_unit) - (x->new_unit < y->new_unit);
}

static void pick_edges(noi_boundary_law *law, const noi_edge_list *edges, noi_day reform) {
    const noi_unit_list *old_units = law->layer_is_new ? law->other : law->units;
    const noi_unit_list *new_units = law->layer_is_new ? law->units : law->other;
    NOI_AUTO(texts_free) texts read = {0};
    find_texts(&read, edges);
    law->law_edges = noi_alloc(edges->n * sizeof *law->law_edges);
    for (size_t i = 0; i < edges->n; i++) {
        const noi_edge_row *edge = &edges->items[i];
        size_t from = unit_position(old_units, edge->old_unit);
        size_t to = unit_position(new_units, edge->new_unit);
        if (edge->effective_on != reform || from == SIZE_MAX || to == SIZE_MAX ||
            (strcmp(edge->basis, "law") != 0 && has_text(&read, edge->resolution)))
            continue;
        law->law_edges[law->n_edges++] = (noi_reform_edge){.old_unit = (uint32_t)from,
                                                           .new_unit = (uint32_t)to,
                                                           .part = edge->part,
                                                           .scope = edge->scope,
                                                           .clause = edge->clause};
    }
    if (law->n_edges)
        qsort(law->law_edges, law->n_edges, sizeof *law->law_edges, by_units);
}

/* ---- stored layers ---- */

/* The stored layer that draws the listed units best: of those whose units are mostly listed, by
 * steps of 5 percent of them, the newest (as registry/layer_find does for a whole day). */
typedef struct best_layer {
    int64_t id, hits, units, steps;
    char *name;
    bool synthetic;
} best_layer;

static void best_layer_clear(best_layer *b) {
    free(b->name);
}

static void take_better(best_layer *best, best_layer *one) {
    one->steps = one->units ? (20 * one->hits + one->units / 2) / one->units : 0;
    if (one->id && 2 * one->hits > one->units && one->steps >= best->steps) {
        best_layer_clear(best);
        *best = *one;
        one->name = NULL;
    }
    best_layer_clear(one);
    *one = (best_layer){0};
}

static noi_status find_layer(best_layer *best, noi_registry *registry, const noi_unit_list *units) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, registry, "boundary/layer_units"));
    NOI_AUTO(best_layer_clear) best_layer one = {0};
    for (bool row = true;;) {
        NOI_TRY(noi_step(q, &row));
        if (!row || noi_column_int(q, 0) != one.id)
            take_better(best, &one);
        if (!row)
            return NOI_OK;
        if (!one.id) {
            noi_str name = noi_column_text(q, 1);
            one.id = noi_column_int(q, 0);
            one.name = noi_strndup(name.p, name.n);
            one.synthetic = noi_column_int(q, 2) != 0;
        }
        one.units++;
        one.hits += unit_position(units, noi_column_int(q, 3)) != SIZE_MAX;
    }
}

static noi_status load_other_layer(noi_boundary_law *law, noi_registry *registry) {
    NOI_AUTO(best_layer_clear) best_layer best = {0};
    NOI_TRY(find_layer(&best, registry, law->other));
    if (!best.id)
        return NOI_OK;
    NOI_TRY(noi_layer_load(&law->other_coverage, &law->other_unit_ids, registry, best.id));
    law->other_synthetic = best.synthetic;
    law->other_name = best.name;
    best.name = NULL;
    return NOI_OK;
}

static noi_status load_same_layer(noi_boundary_law *law, noi_registry *registry) {
    NOI_AUTO(best_layer_clear) best_layer best = {0};
    NOI_TRY(find_layer(&best, registry, law->units));
    if (!best.id)
        return NOI_OK;
    NOI_TRY(noi_layer_load(&law->same_coverage, &law->same_unit_ids, registry, best.id));
    law->same_name = best.name;
    best.name = NULL;
    return NOI_OK;
}

/* ---- all of it ---- */

static noi_status load_units(noi_boundary_law *law, noi_registry *registry, const finder *f,
                             provinces *which) {
    find_provinces(which, f, law->day);
    NOI_TRY(noi_unit_list_load(&law->units, registry, law->day));
    keep_provinces(law->units, which);
    return NOI_OK;
}

static noi_status load_law(noi_boundary_law *law, noi_registry *registry, const finder *f) {
    NOI_AUTO(provinces_free) provinces which = {0};
    NOI_TRY(load_units(law, registry, f, &which));
    noi_day reform = find_reform(law, f, &which);
    if (reform == NOI_DAY_NONE)
        return NOI_OK;
    NOI_TRY(load_other(law, registry, f, reform));
    pick_edges(law, law->edges, reform);
    return load_other_layer(law, registry);
}

noi_status noi_boundary_law_load_stored(noi_boundary_law **out, noi_registry *registry,
                                        const noi_layer *layer, noi_day day) {
    NOI_AUTO(noi_boundary_law_freep) noi_boundary_law *law = noi_alloc_zero(1, sizeof *law);
    NOI_TRY(noi_unit_list_load(&law->ever, registry, NOI_DAY_NONE));
    NOI_TRY(noi_edge_list_load(&law->edges, registry));
    NOI_AUTO(finder_clear)
    finder f = {
        .layer = layer, .ever = law->ever, .edges = law->edges, .bare = layer_is_bare(layer)};
    code_table_make(&f.by_code, law->ever);
    NOI_TRY(find_day(&law->day, &f, day));
    NOI_TRY(load_law(law, registry, &f));
    *out = law;
    law = NULL;
    return NOI_OK;
}

noi_status noi_boundary_law_load(noi_boundary_law **out, noi_registry *registry,
                                 const noi_layer *layer, noi_day day) {
    NOI_AUTO(noi_boundary_law_freep) noi_boundary_law *law = NULL;
    NOI_TRY(noi_boundary_law_load_stored(&law, registry, layer, day));
    NOI_TRY(load_same_layer(law, registry));
    *out = law;
    law = NULL;
    return NOI_OK;
}

void noi_boundary_law_free(noi_boundary_law *law) {
    if (!law)
        return;
    noi_unit_list_free(law->units);
    noi_unit_list_free(law->ever);
    noi_unit_list_free(law->other);
    noi_edge_list_free(law->edges);
    free(law->law_edges);
    free(law->other_name);
    noi_coverage_free(law->other_coverage);
    free(law->other_unit_ids);
    free(law->same_name);
    noi_coverage_free(law->same_coverage);
    free(law->same_unit_ids);
    free(law);
}
