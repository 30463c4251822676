/*
 * count.c: how many records each finding touches, in one pass over the points of the registry.
 *
 * Three point indexes answer for a point: the layer examined, the layer of the other side, and a
 * coverage made of the findings' own shapes, in which as many shapes as there are may lie over each
 * other. What a finding is about decides which of them speaks for it:
 *
 *     its shape          an overlap, a gap, a phantom part, an island: the points in that shape
 *     a unit as drawn    a wrong code, name, area: the points in that area of the layer
 *     a missing unit     the points that lie in no area of the layer, but on the other side in a
 * unit that the law ties to the missing one an edge            a missing part: the points in both
 * of its units nothing            vertices and totals touch nobody
 */
#include "boundary/examiner.h"

#include "base/i18n.h"
#include "base/progress.h"

#include <math.h>
#include <string.h>

#define SHAPES_PER_INDEX 60000 /* an index holds no more than 65,534 */
#define FEW              64 /* units and shapes over one point that need no memory of their own */

/* The kinds of records, in the order of noi_concerned. */
enum { ADDRESSES, HOUSEHOLDS, PARCELS, CASES, N_RECORDS };
static const char *const QUERIES[N_RECORDS] = {
    "boundary/located_addresses", "boundary/located_households", "boundary/located_parcels",
    "boundary/located_cases"};

typedef struct tally {
    int64_t n[N_RECORDS];
} tally;

/* A point index with the bytes that it looks into, and what its units stand for. */
typedef struct place_index {
    noi_buf bytes;
    const noi_index *index; /* NULL: nothing to find */
    uint32_t *meaning;      /* of shapes: the finding */
} place_index;

/* A finding that hangs on a unit of the other side, and on a unit of the layer when it is an edge.
 */
typedef struct tie {
    uint32_t other_area, own_area; /* own_area NOI_INDEX_NONE: a missing unit */
    uint32_t finding;
} tie;

typedef struct counter {
    noi_layer_findings *findings;
    const noi_layer *layer;
    const noi_boundary_law *law;
    place_index own, other;
    place_index *shapes;
    size_t n_shapes, shape_capacity;
    tie *ties; /* by other area */
    size_t n_ties, tie_capacity;
    tally *by_finding, *by_area;
} counter;

static void place_index_clear(place_index *p) {
    noi_buf_free(&p->bytes);
    free(p->meaning);
}

static void counter_clear(counter *c) {
    place_index_clear(&c->own);
    place_index_clear(&c->other);
    for (size_t i = 0; i < c->n_shapes; i++)
        place_index_clear(&c->shapes[i]);
    free(c->shapes);
    free(c->ties);
    free(c->by_finding);
    free(c->by_area);
}

/* ---- what a finding is about ---- */

typedef enum about { ABOUT_NOTHING, ABOUT_SHAPE, ABOUT_AREA, ABOUT_MISSING, ABOUT_EDGE } about;

/* Polygon or MultiPolygon, by the type that stands behind the byte order. */
static bool is_areal(noi_str wkb) {
    unsigned char type = wkb.n < 9 ? 0 : (unsigned char)(wkb.p[0] ? wkb.p[1] : wkb.p[4]);
    return type == 3 || type == 6;
}

static bool is_one_of(const char *rule, const char *rules) {
    return strstr(rules, rule) != NULL;
}

static about about_what(const noi_layer_finding *f) {
    if (is_areal(f->wkb))
        return ABOUT_SHAPE;
    if (is_one_of(f->rule, "L01 L11"))
        return ABOUT_MISSING;
    if (is_one_of(f->rule, "L10"))
        return ABOUT_EDGE;
    bool is_of_unit = is_one_of(f->rule, "L02 L03 L04 L05 L06 L20 L21 L22");
    return is_of_unit && f->area_a != NOI_INDEX_NONE ? ABOUT_AREA : ABOUT_NOTHING;
}

/* ---- indexes ---- */

static noi_status index_coverage(place_index *out, const noi_coverage *coverage) {
    if (!coverage || !coverage->n_vertices)
        return NOI_OK;
    NOI_TRY(noi_index_build(&out->bytes, coverage));
    return noi_index_attach(&out->index, out->bytes.p, out->bytes.n);
}

/* From finding *at on, as many shapes as fit into one index. */
static noi_status index_some_shapes(counter *c, size_t *at) {
    NOI_AUTO(noi_coverage_freep) noi_coverage *coverage = noi_coverage_new();
    NOI_GROW(c->shapes, c->shape_capacity, c->n_shapes + 1);
    place_index *out = &c->shapes[c->n_shapes++];
    *out = (place_index){.meaning = noi_alloc(SHAPES_PER_INDEX * sizeof *out->meaning)};
    for (; *at < c->findings->n && coverage->n_units < SHAPES_PER_INDEX; (*at)++) {
        const noi_layer_finding *f = &c->findings->items[*at];
        if (about_what(f) != ABOUT_SHAPE)
            continue;
        out->meaning[coverage->n_units] = (uint32_t)*at;
        NOI_TRY(noi_coverage_add_wkb(coverage, 0, f->wkb.p, f->wkb.n));
    }
    return index_coverage(out, coverage);
}

static noi_status index_all(counter *c) {
    NOI_TRY(index_coverage(&c->own, c->layer->coverage));
    NOI_TRY(index_coverage(&c->other, c->law->other ? c->law->other_coverage : NULL));
    for (size_t at = 0; at < c->findings->n;)
        NOI_TRY(index_some_shapes(c, &at));
    return NOI_OK;
}

/* ---- ties ---- */

static void add_tie(counter *c, uint32_t other_area, uint32_t own_area, size_t finding) {
    NOI_GROW(c->ties, c->tie_capacity, c->n_ties + 1);
    c->ties[c->n_ties++] = (tie){other_area, own_area, (uint32_t)finding};
}

static bool is_tied(const noi_boundary_law *law, int64_t own_unit, int64_t other_unit) {
    size_t own = unit_position(law->units, own_unit), other = unit_position(law->other, other_unit);
    if (own == SIZE_MAX || other == SIZE_MAX)
        return false;
    size_t n;
    const noi_reform_edge *edge =
        law_edges_from(&n, law, (uint32_t)(law->layer_is_new ? other : own));
    for (size_t i = 0; i < n; i++)
        if (edge[i].new_unit == (law->layer_is_new ? own : other))
            return true;
    return false;
}

static void tie_finding(counter *c, size_t at) {
    const noi_boundary_law *law = c->law;
    const noi_layer_finding *f = &c->findings->items[at];
    about what = about_what(f);
    if (what != ABOUT_EDGE && what != ABOUT_MISSING)
        return;
    int64_t other_unit = law->layer_is_new ? f->unit_id : f->other_unit_id; /* of an edge */
    for (uint32_t a = 0; a < law->other_coverage->n_units; a++) {
        if (what == ABOUT_EDGE && law->other_unit_ids[a] == other_unit)
            add_tie(c, a, f->area_a, at);
        if (what == ABOUT_MISSING && is_tied(law, f->unit_id, law->other_unit_ids[a]))
            add_tie(c, a, NOI_INDEX_NONE, at);
    }
}

static int by_other_area(const void *a, const void *b) {
    const tie *x = a, *y = b;
    if (x->other_area != y->other_area)
        return x->other_area < y->other_area ? -1 : 1;
    return (x->finding > y->finding) - (x->finding < y->finding);
}

static void tie_all(counter *c) {
    if (!c->other.index)
        return;
    for (size_t i = 0; i < c->findings->n; i++)
        tie_finding(c, i);
    if (c->n_ties)
        qsort(c->ties, c->n_ties, sizeof *c->ties, by_other_area);
}

/* ---- one point ---- */

/* What holds the point: *few, or memory of its own when there are more. */
typedef struct held {
    uint32_t few[FEW], *more, *unit;
    size_t n;
} held;

static void held_clear(held *h) {
    free(h->more);
}

static void find_held(held *out, const noi_index *index, double lon, double lat) {
    out->unit = out->few;
    out->n = 0;
    if (!index || noi_index_locate(index, lon, lat) == NOI_INDEX_NONE)
        return;
    out->n = noi_index_holders(out->few, FEW, index, lon, lat);
    if (out->n <= FEW)
        return;
    out->more = noi_realloc(out->more, out->n * sizeof *out->more);
    out->unit = out->more;
    out->n = noi_index_holders(out->more, out->n, index, lon, lat);
}

static bool has_unit(const held *h, uint32_t unit) {
    for (size_t i = 0; i < h->n; i++)
        if (h->unit[i] == unit)
            return true;
    return false;
}

static size_t first_tie(const counter *c, uint32_t other_area) {
    size_t low = 0, high = c->n_ties;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (c->ties[middle].other_area < other_area)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void count_ties(counter *c, int kind, uint32_t other_area, const held *own) {
    for (size_t i = first_tie(c, other_area); i < c->n_ties && c->ties[i].other_area == other_area;
         i++) {
        const tie *t = &c->ties[i];
        if (t->own_area == NOI_INDEX_NONE ? own->n == 0 : has_unit(own, t->own_area))
            c->by_finding[t->finding].n[kind]++;
    }
}

static void count_point(counter *c, held *h, int kind, double lon, double lat) {
    find_held(h, c->own.index, lon, lat);
    for (size_t i = 0; i < h->n; i++)
        c->by_area[h->unit[i]].n[kind]++;
    uint32_t other = c->n_ties ? noi_index_locate(c->other.index, lon, lat) : NOI_INDEX_NONE;
    if (other != NOI_INDEX_NONE)
        count_ties(c, kind, other, h);
    for (size_t s = 0; s < c->n_shapes; s++) {
        find_held(h, c->shapes[s].index, lon, lat);
        for (size_t i = 0; i < h->n; i++)
            c->by_finding[c->shapes[s].meaning[h->unit[i]]].n[kind]++;
    }
}

/* ---- all points ---- */

static noi_status count_kind(int64_t *n, counter *c, noi_registry *registry, int kind,
                             noi_progress *progress) {
    NOI_AUTO(held_clear) held h = {.more = NULL};
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, registry, QUERIES[kind]));
    for (*n = 0;; (*n)++) {
        bool row = false;
        NOI_TRY(noi_step(q, &row));
        if (!row)
            break;
        count_point(c, &h, kind, noi_column_real(q, 0), noi_column_real(q, 1));
        if (*n % 4096 == 4095)
            noi_progress_add(progress, 4096);
    }
    noi_progress_add(progress, (uint64_t)(*n % 4096));
    return NOI_OK;
}

static noi_concerned concerned_of(tally t) {
    return (noi_concerned){t.n[ADDRESSES], t.n[HOUSEHOLDS], t.n[PARCELS], t.n[CASES]};
}

static void give_counts(counter *c) {
    for (size_t i = 0; i < c->findings->n; i++) {
        noi_layer_finding *f = &c->findings->items[i];
        tally t = c->by_finding[i];
        uint32_t areas[] = {f->area_a, f->area_b};
        for (int a = 0; about_what(f) == ABOUT_AREA && a < 2; a++)
            for (int k = 0; areas[a] != NOI_INDEX_NONE && k < N_RECORDS; k++)
                t.n[k] += c->by_area[areas[a]].n[k];
        f->records = concerned_of(t);
    }
}

noi_status noi_boundary_count(noi_layer_findings *findings, noi_concerned *counted,
                              const noi_layer *layer, const noi_boundary_law *law,
                              noi_registry *registry) {
    NOI_AUTO(counter_clear) counter c = {.findings = findings, .layer = layer, .law = law};
    c.by_finding = noi_alloc_zero(findings->n, sizeof *c.by_finding);
    c.by_area = noi_alloc_zero(layer->coverage->n_units, sizeof *c.by_area);
    NOI_TRY(index_all(&c));
    tie_all(&c);
    tally all = {{0}};
    noi_progress progress = noi_progress_begin(_("counting the records concerned"), 0);
    for (int kind = 0; kind < N_RECORDS; kind++)
        NOI_TRY(count_kind(&all.n[kind], &c, registry, kind, &progress));
    noi_progress_end(&progress);
    give_counts(&c);
    findings_sort(findings);
    if (counted)
        *counted = concerned_of(all);
    return NOI_OK;
}
