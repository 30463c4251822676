/* impact.c: borders and records of a comparison, gathered by pairs of neighbours; see impact.h. */
#include "report/impact.h"

#include "base/i18n.h"
#include "geo/measure.h"
#include "report/check.h"
#include "report/format.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define AT_BORDER_DEG 0.002 /* a question belongs to a border that moved within some 200 m of it   \
                             */

/* ---- pairs ----------------------------------------------------------------------------------- */

static noi_impact_pair *find_pair(const noi_impact_story *s, noi_code a, noi_code b) {
    for (size_t i = 0; i < s->n_pairs; i++)
        if (s->pairs[i].a == a && s->pairs[i].b == b)
            return &s->pairs[i];
    return NULL;
}

static noi_impact_pair *pair_of(noi_impact_story *s, noi_code from, noi_code to) {
    noi_code a = from < to ? from : to, b = from < to ? to : from;
    noi_impact_pair *found = find_pair(s, a, b);
    if (found)
        return found;
    NOI_GROW(s->pairs, s->pair_room, s->n_pairs + 1);
    s->pairs[s->n_pairs] = (noi_impact_pair){
        .a = a, .b = b, .farthest_m = NAN, .bounds = {NAN, NAN, NAN, NAN}, .stride = 1};
    return &s->pairs[s->n_pairs++];
}

static noi_status widen(noi_impact_pair *pair, noi_str wkb) {
    NOI_AUTO(noi_coverage_freep) noi_coverage *shape = noi_coverage_new();
    NOI_TRY(noi_coverage_add_wkb(shape, 0, wkb.p, wkb.n));
    double b[4];
    noi_coverage_bounds(b, shape);
    pair->bounds[0] = fmin(pair->bounds[0], b[0]); /* fmin and fmax leave NaN out */
    pair->bounds[1] = fmin(pair->bounds[1], b[1]);
    pair->bounds[2] = fmax(pair->bounds[2], b[2]);
    pair->bounds[3] = fmax(pair->bounds[3], b[3]);
    return NOI_OK;
}

static noi_status take_borders(noi_impact_story *s) {
    for (size_t i = 0; i < s->moved->n; i++) {
        const noi_moved *m = &s->moved->items[i];
        noi_impact_pair *pair = pair_of(s, m->from, m->to);
        pair->moved[m->from > m->to] = m;
        pair->area_m2 += m->area_m2;
        pair->farthest_m = fmax(pair->farthest_m, m->farthest_m);
        NOI_TRY(widen(pair, m->wkb));
    }
    return NOI_OK;
}

/* ---- areas ----------------------------------------------------------------------------------- */

static int by_code(const void *a, const void *b) {
    const noi_impact_area *x = a, *y = b;
    return (x->code > y->code) - (x->code < y->code);
}

static noi_impact_area *area_of(const noi_impact_story *s, noi_code code) {
    const noi_impact_area key = {.code = code};
    return s->n_areas ? bsearch(&key, s->areas, s->n_areas, sizeof *s->areas, by_code) : NULL;
}

static void add_areas(noi_impact_story *s, const noi_coverage *c, bool after) {
    for (uint32_t u = 0; u < c->n_units; u++) {
        double area = noi_unit_area_m2(c, u);
        noi_impact_area *a = &s->areas[s->n_areas++];
        *a = (noi_impact_area){.code = c->unit_code[u]};
        *(after ? &a->after_m2 : &a->before_m2) = area;
        *(after ? &s->area_after_m2 : &s->area_before_m2) += area;
    }
}

static void join_codes(noi_impact_story *s) {
    size_t n = 0;
    qsort(s->areas, s->n_areas, sizeof *s->areas, by_code);
    for (size_t i = 0; i < s->n_areas; i++) {
        if (n == 0 || s->areas[n - 1].code != s->areas[i].code) {
            s->areas[n++] = s->areas[i];
            continue;
        }
        s->areas[n - 1].before_m2 += s->areas[i].before_m2;
        s->areas[n - 1].after_m2 += s->areas[i].after_m2;
    }
    s->n_areas = n;
}

static void account_for_areas(noi_impact_story *s) {
    const noi_coverage *before = s->before.layer->coverage, *after = s->after.layer->coverage;
    s->areas = noi_alloc_zero((size_t)before->n_units + after->n_units + 1, sizeof *s->areas);
    add_areas(s, before, false);
    add_areas(s, after, true);
    join_codes(s);
    for (size_t i = 0; i < s->moved->n; i++) {
        const noi_moved *m = &s->moved->items[i];
        noi_impact_area *from = area_of(s, m->from), *to = area_of(s, m->to);
        if (m->from && from)
            from->lost_m2 += m->area_m2;
        if (m->to && to)
            to->gained_m2 += m->area_m2;
    }
    for (size_t i = 0; i < s->n_areas; i++) {
        noi_impact_area *a = &s->areas[i];
        a->rest_m2 = a->after_m2 - a->before_m2 - a->gained_m2 + a->lost_m2;
    }
}

/* ---- records --------------------------------------------------------------------------------- */

/* Keeps at most NOI_IMPACT_DOTS of all, evenly: when there are too many, every second goes. */
static void add_dot(noi_impact_pair *pair, double lon, double lat, bool is_question) {
    if (!isfinite(lon) || !isfinite(lat) || pair->n_met++ % pair->stride != 0)
        return;
    if (!pair->dots)
        pair->dots = noi_alloc(NOI_IMPACT_DOTS * sizeof *pair->dots);
    if (pair->n_dots == NOI_IMPACT_DOTS) {
        pair->n_dots = NOI_IMPACT_DOTS / 2;
        for (size_t i = 0; i < pair->n_dots; i++)
            pair->dots[i] = pair->dots[2 * i];
        pair->stride *= 2;
        if ((pair->n_met - 1) % pair->stride != 0)
            return;
    }
    pair->dots[pair->n_dots++] = (noi_impact_dot){lon, lat, is_question};
}

static bool is_unit(noi_code outcome) {
    return outcome > NOI_IMPACT_UNPLACED;
}

/* The border that moved at a place, of a unit; the largest move where there are several. */
static noi_impact_pair *border_at(const noi_impact_story *s, noi_code unit, double lon,
                                  double lat) {
    noi_impact_pair *best = NULL;
    for (size_t i = 0; i < s->n_pairs; i++) {
        noi_impact_pair *p = &s->pairs[i];
        bool is_near = lon >= p->bounds[0] - AT_BORDER_DEG && lon <= p->bounds[2] + AT_BORDER_DEG &&
                       lat >= p->bounds[1] - AT_BORDER_DEG && lat <= p->bounds[3] + AT_BORDER_DEG;
        if (is_near && (p->a == unit || p->b == unit) && (!best || p->area_m2 > best->area_m2))
            best = p;
    }
    return best;
}

typedef struct teller {
    noi_impact_story *story;
    bool same_units; /* borders and records speak of the same units */
    noi_impact_record record;
    void *context;
} teller;

static void take_question(noi_impact_story *s, noi_code from, noi_code to, double lon, double lat) {
    if (!is_unit(from) && !is_unit(to))
        return;
    noi_impact_pair *pair = border_at(s, is_unit(from) ? from : to, lon, lat);
    if (!pair)
        return;
    pair->asked += is_unit(from);
    pair->settled += is_unit(to);
    add_dot(pair, lon, lat, true);
}

static noi_status take_record(void *context, noi_record_kind kind, noi_str key, noi_code from,
                              noi_code to, double lon, double lat) {
    const teller *t = context;
    if (t->same_units && is_unit(from) && is_unit(to)) {
        noi_impact_pair *pair = pair_of(t->story, from, to);
        pair->records[from > to][kind]++;
        pair->records[from > to][0]++;
        pair->n_records++;
        add_dot(pair, lon, lat, false);
    } else if (t->same_units) {
        take_question(t->story, from, to, lon, lat);
    }
    return t->record ? t->record(t->context, kind, key, from, to, lon, lat) : NOI_OK;
}

static int worst_first(const void *p, const void *q) {
    const noi_impact_pair *a = p, *b = q;
    if (a->n_records != b->n_records)
        return a->n_records > b->n_records ? -1 : 1;
    if (a->asked + a->settled != b->asked + b->settled)
        return a->asked + a->settled > b->asked + b->settled ? -1 : 1;
    if (a->area_m2 != b->area_m2)
        return a->area_m2 > b->area_m2 ? -1 : 1;
    if (a->a != b->a)
        return a->a < b->a ? -1 : 1;
    return a->b < b->b ? -1 : a->b > b->b;
}

/* ---- all of it ------------------------------------------------------------------------------- */

noi_status noi_impact_tell(noi_impact_story *s, noi_registry *registry, noi_impact_record record,
                           void *context) {
    noi_day on, day;
    noi_layer_row stored;
    bool found = false;
    NOI_TRY(noi_impact_days(&on, &day, registry, s->before.layer, s->after.layer));
    NOI_TRY(noi_unit_list_load(&s->units, registry, NOI_DAY_NONE));
    NOI_TRY(noi_layer_find(&stored, &found, registry, day));
    s->is_synthetic = found && stored.synthetic;
    NOI_TRY(noi_coverage_moved(&s->moved, s->before.layer->coverage, s->after.layer->coverage,
                               s->noise_m));
    NOI_TRY(take_borders(s));
    account_for_areas(s);
    s->is_shifted =
        noi_coverage_shift(&s->shift, s->before.layer->coverage, s->after.layer->coverage);
    teller t = {.story = s, .same_units = day == on, .record = record, .context = context};
    NOI_TRY(
        noi_impact_judge(&s->impact, registry, s->before.layer, s->after.layer, take_record, &t));
    if (s->n_pairs)
        qsort(s->pairs, s->n_pairs, sizeof *s->pairs, worst_first);
    return NOI_OK;
}

void noi_impact_story_clear(noi_impact_story *s) {
    for (size_t i = 0; i < s->n_pairs; i++)
        free(s->pairs[i].dots);
    free(s->pairs);
    free(s->areas);
    noi_moved_list_free(s->moved);
    noi_impact_free(s->impact);
    noi_unit_list_free(s->units);
}

bool noi_impact_is_none(const noi_impact_story *s) {
    return s->moved->n == 0 && s->impact->n_rows == 0;
}

bool noi_impact_is_new_side(const noi_impact_story *s) {
    return s->impact->day == s->impact->on;
}

int64_t noi_impact_changes(const noi_impact_story *s, int kind) {
    int64_t sum = 0;
    for (size_t i = 0; i < s->impact->n_rows; i++)
        sum += s->impact->rows[i].records[kind];
    return sum;
}

int64_t noi_impact_queue(const noi_account *account, int kind) {
    return (int64_t)(account->ambiguous[kind] + account->unplaced[kind]);
}

/* ---- words ----------------------------------------------------------------------------------- */

static const char *drawn_name(const noi_layer *layer, noi_code code) {
    for (uint32_t u = 0; u < layer->coverage->n_units; u++)
        if (layer->coverage->unit_code[u] == code)
            return layer->features[u].name;
    return "";
}

/* The registry's name of a unit on a day; else the one that a layer gives. */
static void unit_text(noi_buf *out, const noi_impact_story *s, noi_code code, noi_day day) {
    char digits[8], name[256] = "";
    for (size_t i = 0; i < s->units->n && !name[0]; i++) {
        const noi_unit_row *u = &s->units->items[i];
        if (u->code == code && u->from <= day && day < u->to)
            noi_unit_full_name(name, sizeof name, u->kind, u->name);
    }
    const char *shown = name[0] ? name : drawn_name(s->before.layer, code);
    if (!shown[0])
        shown = drawn_name(s->after.layer, code);
    noi_buf_printf(out, "%s%s%s", noi_code_format(digits, code), shown[0] ? " " : "", shown);
}

void noi_impact_unit_text(noi_buf *out, const noi_impact_story *s, noi_code code) {
    if (code)
        unit_text(out, s, code, s->impact->day);
    else
        noi_buf_add_str(out, _("nobody's land"));
}

void noi_impact_outcome_text(noi_buf *out, const noi_impact_story *s, noi_code outcome) {
    if (is_unit(outcome))
        unit_text(out, s, outcome, s->impact->on);
    else
        noi_buf_add_str(out, outcome == NOI_IMPACT_ASKED ? _("open question") : _("unplaced"));
}

char *noi_impact_outcome_key(char out[16], noi_code outcome) {
    char digits[8];
    snprintf(out, 16, "%s",
             is_unit(outcome)              ? noi_code_format(digits, outcome)
             : outcome == NOI_IMPACT_ASKED ? "asked"
                                           : "unplaced");
    return out;
}

static void borders_sentence(noi_buf *out, const noi_impact_story *s) {
    char n[32], noise[32], area[40], far[32];
    double sum = 0, farthest = NAN;
    size_t n_moved = 0;
    for (size_t i = 0; i < s->n_pairs; i++) {
        n_moved += s->pairs[i].area_m2 > 0;
        sum += s->pairs[i].area_m2;
        farthest = fmax(farthest, s->pairs[i].farthest_m);
    }
    noi_decimal(noise, s->noise_m, s->noise_m == floor(s->noise_m) ? 0 : 2);
    if (n_moved == 0) {
        noi_buf_printf(out, _("No border moves by more than %s m."), noise);
        return;
    }
    noi_buf_printf(
        out, _("Borders that move by more than %s m on the mean: %s; area that changes hands: %s"),
        noise, noi_number(n, (int64_t)n_moved), noi_check_area_text(area, sum));
    if (isfinite(farthest))
        noi_buf_printf(out, _("; the farthest place moves by %s m"),
                       noi_decimal(far, farthest, farthest < 100 ? 1 : 0));
    noi_buf_add_char(out, '.');
}

static void records_sentence(noi_buf *out, const noi_impact_story *s) {
    char all[32], in[32], a[32], h[32], p[32], c[32];
    int64_t n = noi_impact_changes(s, 0);
    noi_number(in, (int64_t)s->impact->before.in[0]);
    if (s->impact->before.in[0] == 0) {
        noi_buf_add_str(out, _("No records are stored in the registry: who would move is not "
                               "known, only which borders."));
        return;
    }
    if (n == 0) {
        noi_buf_printf(out, _("Nobody moves: all %s records keep their outcome."), in);
        return;
    }
    noi_buf_printf(out,
                   _("Of %s records %s change: addresses %s, households %s, parcels %s, cases %s."),
                   in, noi_number(all, n), noi_number(a, noi_impact_changes(s, NOI_RECORD_ADDRESS)),
                   noi_number(h, noi_impact_changes(s, NOI_RECORD_HOUSEHOLD)),
                   noi_number(p, noi_impact_changes(s, NOI_RECORD_PARCEL)),
                   noi_number(c, noi_impact_changes(s, NOI_RECORD_CASE)));
}

static void queue_sentence(noi_buf *out, const noi_impact_story *s) {
    char a[32], b[32], n[32];
    int64_t before = noi_impact_queue(&s->impact->before, 0);
    int64_t after = noi_impact_queue(&s->impact->after, 0);
    noi_number(a, before);
    noi_number(b, after);
    if (before == after)
        noi_buf_printf(out, _("The queue of records that people must decide keeps its %s."), a);
    else if (after > before)
        noi_buf_printf(
            out, _("The queue of records that people must decide grows by %s, from %s to %s."),
            noi_number(n, after - before), a, b);
    else
        noi_buf_printf(
            out, _("The queue of records that people must decide shrinks by %s, from %s to %s."),
            noi_number(n, before - after), a, b);
}

void noi_impact_summary(noi_buf *out, const noi_impact_story *s) {
    records_sentence(out, s);
    noi_buf_add_char(out, ' ');
    borders_sentence(out, s);
    if (s->impact->before.in[0] == 0)
        return;
    noi_buf_add_char(out, ' ');
    queue_sentence(out, s);
}

/* "up to a metre" and "about 200 m": the two slips that push a whole drawing of the country aside. */
static const char *shift_reason(double length_m) {
    if (length_m >= 0.6 && length_m <= 1.0)
        return _("This is about what two transformations of VN-2000 differ by in the city (EPSG:5194 "
                 "and EPSG:6960, 0.8 m): ask which one made either file.");
    if (length_m >= 150 && length_m <= 260)
        return _("This is about what VN-2000 and WGS 84 differ by: one of the two files may name the "
                 "wrong one of them. 'noi check' finds out which.");
    return _("Ask whoever made the file whether it was moved on purpose.");
}

void noi_impact_shift_text(noi_buf *out, const noi_impact_story *s) {
    static const char *const winds[] = {N_("north"), N_("north-east"), N_("east"),
                                        N_("south-east"), N_("south"), N_("south-west"),
                                        N_("west"), N_("north-west")};
    const noi_shift *v = &s->shift;
    char length[32], east[32], north[32];
    if (!s->is_shifted)
        return;
    double turn = atan2(v->east_m, v->north_m) / 0.78539816339744831 + 8.5;
    int digits = v->length_m < 10 ? 2 : 1;
    noi_buf_printf(out,
                   _("The new drawing is the old one pushed %s m to the %s (east %s m, north %s m): so "
                     "%u of %u units move."),
                   noi_decimal(length, v->length_m, digits), _(winds[(int)turn % 8]),
                   noi_decimal(east, v->east_m, digits), noi_decimal(north, v->north_m, digits),
                   v->n_alike, v->n_units);
    noi_buf_printf(out, " %s", shift_reason(v->length_m));
}

static double moved_area(const noi_impact_story *s, bool from_nobody) {
    double sum = 0;
    for (size_t i = 0; i < s->moved->n; i++) {
        const noi_moved *m = &s->moved->items[i];
        sum += (from_nobody ? m->from : m->to) == 0 ? m->area_m2 : 0;
    }
    return sum;
}

/* ", + 6.9 km² of nobody's land"; nothing for less than a tenth of a square metre. */
static void add_area(noi_buf *out, const char *sentence, double m2) {
    char area[40];
    if (fabs(m2) >= 0.05)
        noi_buf_printf(out, sentence, noi_check_area_text(area, fabs(m2)));
}

void noi_impact_area_text(noi_buf *out, const noi_impact_story *s) {
    const noi_moved_list *l = s->moved;
    char before[40], after[40], noise[40];
    double gained = moved_area(s, true), lost = moved_area(s, false);
    double sum = gained - lost + l->claims_begin_m2 - l->claims_end_m2 + l->noise_sum_m2;
    noi_buf_printf(out, _("All units together have %s before and %s afterwards"),
                   noi_check_area_text(before, s->area_before_m2),
                   noi_check_area_text(after, s->area_after_m2));
    add_area(out, _(", plus %s of nobody's land"), gained);
    add_area(out, _(", less %s that becomes nobody's"), lost);
    add_area(out, _(", plus %s that more units claim"), l->claims_begin_m2);
    add_area(out, _(", less %s that fewer units claim"), l->claims_end_m2);
    add_area(out, l->noise_sum_m2 < 0 ? _(", less %s of noise") : _(", plus %s of noise"),
             l->noise_sum_m2);
    noi_buf_add_char(out, '.');
    if (l->n_noise)
        noi_buf_printf(out, _(" Left out as noise: %u pieces, %s."), l->n_noise,
                       noi_check_area_text(noise, l->noise_m2));
    add_area(out, _(" The areas differ by %s from that sum, by rounding."),
             s->area_after_m2 - s->area_before_m2 - sum);
}
