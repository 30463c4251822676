/*
 * learn_groups.c: groups of addresses that say the same, and whether they lie in one new unit.
 *
 * A street all of whose addresses lie where nearly the whole ward lies tells nothing. So beside
 * support and purity a rule must not be chance: with the share p of its new unit among the ward's
 * addresses, that k of n lie there without any connection has at most the probability
 * C(n, k) * p^k; times the number of groups that were tried this must stay under one in a million.
 */
#include "merge/learn_groups.h"

#include <math.h>
#include <string.h>

#define LOG_CHANCE   (-13.815510557964274) /* ln 0.000001 */
#define MOST_RUNS    6   /* a street that changes its unit more often has no ranges */
#define RUNS_COVER   0.9 /* of its addresses, else they are chance */
#define LEAST_LISTED 2   /* addresses of a rule that is worth telling of */

typedef struct group {
    uint32_t *points; /* positions in learned->points */
    size_t n, capacity;
} group;

typedef struct unit_work {
    noi_learning *l;
    const noi_learned_point *points;
    size_t first, n;
    uint32_t counts[SET_MAX]; /* teaching addresses by new unit */
    uint16_t units[SET_MAX];
    size_t n_units;
    uint32_t taught;
    double log_tried;
    bool *covered; /* by position - first: a rule that is used holds */
} unit_work;

typedef struct tally {
    uint16_t unit; /* with the most addresses */
    uint32_t most, all;
} tally;

/* ---- counting -------------------------------------------------------------------------------- */

static void group_add(group *g, size_t point) {
    NOI_GROW(g->points, g->capacity, g->n + 1);
    g->points[g->n++] = (uint32_t)point;
}

static void group_free(group *g) {
    free(g->points);
}

static tally count(const unit_work *w, const group *g) {
    uint32_t counts[SET_MAX] = {0};
    tally t = {.all = (uint32_t)g->n};
    for (size_t i = 0; i < g->n; i++)
        for (size_t u = 0; u < w->n_units; u++)
            counts[u] += w->units[u] == w->points[g->points[i]].new_unit;
    for (size_t u = 0; u < w->n_units; u++)
        if (counts[u] > t.most) {
            t.most = counts[u];
            t.unit = w->units[u];
        }
    return t;
}

static double share_of(const unit_work *w, uint16_t unit) {
    for (size_t u = 0; u < w->n_units; u++)
        if (w->units[u] == unit)
            return (double)w->counts[u] / w->taught;
    return 1;
}

static bool may_be_chance(const unit_work *w, const tally *t, double log_more) {
    double ways = lgamma(t->all + 1.0) - lgamma(t->most + 1.0) - lgamma(t->all - t->most + 1.0);
    return ways + t->most * log(share_of(w, t->unit)) + w->log_tried + log_more > LOG_CHANCE;
}

static bool is_pure(const unit_work *w, const tally *t) {
    return t->most && t->most >= w->l->options->min_purity * t->all;
}

/* ---- rules ----------------------------------------------------------------------------------- */

static void cover(unit_work *w, const noi_plan_source_rule *rule) {
    noi_learned_mark(w->covered, rule, w->points + w->first, w->n);
}

/* Adds a rule with what it states in `rule`; returns whether it is to be used. */
static bool add_rule(unit_work *w, noi_plan_source_rule rule, const tally *t, double log_more) {
    noi_learned *out = w->l->out;
    noi_learned_rule learned = {.fate = NOI_LEARN_USED};
    if (t->most < w->l->options->min_support)
        learned.fate = NOI_LEARN_FEW;
    else if (may_be_chance(w, t, log_more))
        learned.fate = NOI_LEARN_CHANCE;
    if (t->most < LEAST_LISTED)
        return false;
    rule.old_unit = w->points[w->first].old_unit;
    rule.new_unit = t->unit;
    rule.learned = true;
    rule.support = t->most;
    rule.purity = (double)t->most / t->all;
    rule.on = NOI_DAY_NONE;
    rule.id = (int64_t)out->n_rules;
    learned.rule = rule;
    NOI_GROW(out->rules, w->l->rules_room, out->n_rules + 1);
    out->rules[out->n_rules++] = learned;
    if (learned.fate == NOI_LEARN_USED)
        cover(w, &rule);
    return learned.fate == NOI_LEARN_USED;
}

/* How the point writes the name of that key; empty when it writes another. */
static noi_str text_of(const noi_learned_point *p, bool hamlet, noi_name_key key) {
    if (!hamlet)
        return p->street.marks == key.marks ? p->street_text : (noi_str){NULL, 0};
    for (size_t h = 0; h < p->n_hamlets; h++)
        if (p->hamlet[h].bare == key.bare && p->hamlet[h].marks == key.marks)
            return p->hamlet_text[h];
    return (noi_str){NULL, 0};
}

#define SPELLINGS 64

/* The spelling that most of the group has, so that people recognise it; of equals the first. */
static const char *usual_text(unit_work *w, const group *g, bool hamlet, noi_name_key key) {
    noi_str texts[SPELLINGS];
    size_t n = 0, best = 0, most = 0;
    for (size_t i = 0; i < g->n && n < SPELLINGS; i++) {
        texts[n] = text_of(&w->points[g->points[i]], hamlet, key);
        n += texts[n].n > 0;
    }
    for (size_t i = 0; i < n; i++) {
        size_t same = 0;
        for (size_t k = i; k < n; k++)
            same += noi_str_eq(texts[i], texts[k]);
        if (same > most) {
            most = same;
            best = i;
        }
    }
    return n ? noi_arena_strndup(w->l->out->texts, texts[best].p, texts[best].n) : "";
}

/* ---- ranges ---------------------------------------------------------------------------------- */

static _Thread_local const noi_learned_point *sorting;

static uint32_t number_of(const noi_learned_point *p) {
    return noi_house_number_of(p->house.links[0]);
}

static int by_number(const void *a, const void *b) {
    uint32_t i = *(const uint32_t *)a, j = *(const uint32_t *)b;
    uint32_t x = number_of(&sorting[i]), y = number_of(&sorting[j]);
    if (x != y)
        return x < y ? -1 : 1;
    return i < j ? -1 : i > j;
}

typedef struct run {
    size_t from, to; /* positions in the group, half open */
} run;

/* Runs of neighbouring numbers in one unit; -1 when the unit changes more often than a street's
 * parts do. A number that lies in two units is in no run. */
static int find_runs(run runs[MOST_RUNS], const unit_work *w, const group *g) {
    int n = 0;
    size_t from = 0, kept = 0;
    uint32_t least = w->l->options->min_support;
    for (size_t i = 1; i <= g->n; i++) {
        const noi_learned_point *p = &w->points[g->points[i - 1]];
        bool goes_on = i < g->n && w->points[g->points[i]].new_unit == p->new_unit;
        if (goes_on)
            continue;
        bool shared = i < g->n && number_of(&w->points[g->points[i]]) == number_of(p);
        if (i - from >= least && !shared) {
            if (n == MOST_RUNS)
                return -1;
            runs[n++] = (run){from, i};
            kept += i - from;
        }
        from = i;
    }
    return kept >= RUNS_COVER * (double)g->n ? n : -1;
}

/* The same number at the edge of two runs belongs to neither: the run must begin behind it. */
static bool begins_shared(const unit_work *w, const group *g, size_t at) {
    return at > 0 &&
           number_of(&w->points[g->points[at]]) == number_of(&w->points[g->points[at - 1]]);
}

/* street + range, or street + side + range. Returns whether any rule is used. */
static bool add_ranges(unit_work *w, noi_plan_source_rule rule, group *g) {
    run runs[MOST_RUNS];
    bool used = false;
    if (g->n < w->l->options->min_support)
        return false;
    sorting = w->points;
    qsort(g->points, g->n, sizeof *g->points, by_number);
    int n = find_runs(runs, w, g);
    for (int i = 0; i < n; i++) {
        if (begins_shared(w, g, runs[i].from))
            continue;
        tally t = {w->points[g->points[runs[i].from]].new_unit, (uint32_t)(runs[i].to - runs[i].from),
                   (uint32_t)(runs[i].to - runs[i].from)};
        rule.from = number_of(&w->points[g->points[runs[i].from]]);
        rule.to = 0;
        for (size_t k = runs[i].from; k < runs[i].to; k++) {
            uint32_t last = w->points[g->points[k]].house.last;
            uint32_t next = runs[i].to < g->n ? number_of(&w->points[g->points[runs[i].to]]) : UINT32_MAX;
            if (last > rule.to && last < next)
                rule.to = last;
        }
        used |= add_rule(w, rule, &t, 2 * log((double)g->n));
    }
    return used;
}

/* ---- a street -------------------------------------------------------------------------------- */

static group of_side(const unit_work *w, const group *g, noi_street_side side) {
    group out = {0};
    for (size_t i = 0; i < g->n; i++) {
        const noi_house *house = &w->points[g->points[i]].house;
        if (house->kind == NOI_HOUSE_NUMBER &&
            (side == NOI_SIDE_NONE || noi_house_side(house) == side))
            group_add(&out, g->points[i]);
    }
    return out;
}

static bool add_side(unit_work *w, noi_plan_source_rule rule, const group *g, noi_street_side side) {
    group half = of_side(w, g, side);
    tally t = count(w, &half);
    rule.side = side;
    bool used = is_pure(w, &t) && add_rule(w, rule, &t, 0);
    group_free(&half);
    return used;
}

static size_t uncovered(const unit_work *w, const group *g) {
    size_t n = 0;
    for (size_t i = 0; i < g->n; i++)
        n += !w->covered[g->points[i] - w->first];
    return n;
}

static int by_root(const void *a, const void *b) {
    uint32_t i = *(const uint32_t *)a, j = *(const uint32_t *)b;
    const noi_house *x = &sorting[i].house, *y = &sorting[j].house;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    if (x->links[0] != y->links[0])
        return x->links[0] < y->links[0] ? -1 : 1;
    return i < j ? -1 : i > j;
}

/* "1806", "12A": the first link of a chain. */
static const char *root_text(unit_work *w, const noi_house *house) {
    uint32_t link = house->links[0], letter = link & 0x7F;
    return noi_arena_format(w->l->out->texts, "%u%s%s", noi_house_number_of(link),
                            letter ? (char[2]){(char)letter, '\0'} : "", link & 0x80 ? " bis" : "");
}

/* street + alley, for alleys that no rule covers yet. */
static void add_alleys(unit_work *w, noi_plan_source_rule rule, const group *g) {
    group chains = {0};
    for (size_t i = 0; i < g->n; i++) {
        const noi_house *house = &w->points[g->points[i]].house;
        if (house->kind == NOI_HOUSE_NUMBER && house->n_links > 1)
            group_add(&chains, g->points[i]);
    }
    sorting = w->points;
    if (chains.n)
        qsort(chains.points, chains.n, sizeof *chains.points, by_root);
    for (size_t from = 0, to; from < chains.n; from = to) {
        const noi_house *house = &w->points[chains.points[from]].house;
        for (to = from; to < chains.n &&
                        w->points[chains.points[to]].house.links[0] == house->links[0];
             to++)
            ;
        group alley = {.points = chains.points + from, .n = to - from};
        tally t = count(w, &alley);
        if (!is_pure(w, &t) || uncovered(w, &alley) < w->l->options->min_support)
            continue;
        rule.alley = root_text(w, house);
        add_rule(w, rule, &t, 0);
    }
    group_free(&chains);
}

/* From general to special; what is pure but too little is told, and not looked into further. */
static void learn_street(unit_work *w, const group *g, noi_name_key key) {
    tally t = count(w, g);
    if (t.most < LEAST_LISTED)
        return;
    noi_plan_source_rule rule = {.street = usual_text(w, g, false, key)};
    if (is_pure(w, &t)) {
        add_rule(w, rule, &t, 0);
        return;
    }
    bool side[3] = {false};
    for (noi_street_side s = NOI_SIDE_ODD; s <= NOI_SIDE_EVEN; s++)
        side[s] = add_side(w, rule, g, s);
    bool any_side = side[NOI_SIDE_ODD] || side[NOI_SIDE_EVEN], ranges = false;
    group numbered = of_side(w, g, NOI_SIDE_NONE);
    if (!any_side)
        ranges = add_ranges(w, rule, &numbered);
    group_free(&numbered);
    add_alleys(w, rule, g);
    for (noi_street_side s = NOI_SIDE_ODD; s <= NOI_SIDE_EVEN && !ranges; s++) {
        if (side[s])
            continue;
        group half = of_side(w, g, s);
        noi_plan_source_rule one = rule;
        one.side = s;
        if (uncovered(w, &half) >= w->l->options->min_support)
            add_ranges(w, one, &half);
        group_free(&half);
    }
}

/* ---- groups of one name ---------------------------------------------------------------------- */

typedef struct named {
    noi_name_key key;
    uint32_t point;
} named;

static int by_name(const void *a, const void *b) {
    const named *x = a, *y = b;
    if (x->key.bare != y->key.bare)
        return x->key.bare < y->key.bare ? -1 : 1;
    if (x->key.marks != y->key.marks)
        return x->key.marks < y->key.marks ? -1 : 1;
    return x->point < y->point ? -1 : x->point > y->point;
}

static void learn_hamlet(unit_work *w, const group *g, noi_name_key key) {
    tally t = count(w, g);
    if (!is_pure(w, &t))
        return;
    add_rule(w, (noi_plan_source_rule){.hamlet = usual_text(w, g, true, key)}, &t, 0);
}

/* Names without marks stand first in a run of one bare name; they may mean each of the marked ones,
 * so they are in the group of each. */
static void learn_run(unit_work *w, const named *names, size_t n, bool hamlet) {
    size_t bare = 0;
    while (bare < n && names[bare].key.marks == 0)
        bare++;
    for (size_t from = bare, to; from < n || (bare == n && from == n); from = to) {
        group g = {0};
        for (size_t i = 0; i < bare; i++)
            group_add(&g, names[i].point);
        for (to = from; to < n && names[to].key.marks == names[from].key.marks; to++)
            group_add(&g, names[to].point);
        if (hamlet)
            learn_hamlet(w, &g, names[from < n ? from : 0].key);
        else
            learn_street(w, &g, names[from < n ? from : 0].key);
        group_free(&g);
        if (bare == n)
            return;
    }
}

static void learn_names(unit_work *w, named *names, size_t n, bool hamlet) {
    size_t groups = 1;
    if (n == 0)
        return;
    qsort(names, n, sizeof *names, by_name);
    for (size_t i = 1; i < n; i++)
        groups += names[i].key.bare != names[i - 1].key.bare;
    w->log_tried = log((double)groups);
    for (size_t from = 0, to; from < n; from = to) {
        for (to = from; to < n && names[to].key.bare == names[from].key.bare; to++)
            ;
        learn_run(w, names + from, to - from, hamlet);
    }
}

/* ---- one old unit ---------------------------------------------------------------------------- */

static void count_units(unit_work *w) {
    for (size_t i = w->first; i < w->first + w->n; i++) {
        if (w->points[i].is_held)
            continue;
        size_t u = 0;
        while (u < w->n_units && w->units[u] != w->points[i].new_unit)
            u++;
        if (u == SET_MAX)
            continue;
        w->units[u] = w->points[i].new_unit;
        w->n_units += u == w->n_units;
        w->counts[u]++;
        w->taught++;
    }
}

void noi_learn_unit(noi_learning *l, size_t first, size_t n) {
    unit_work w = {.l = l, .points = l->out->points, .first = first, .n = n};
    w.covered = noi_alloc_zero(n + 1, sizeof *w.covered);
    count_units(&w);
    named *names = noi_alloc((n * NOI_HAMLET_PARTS + 1) * sizeof *names);
    size_t n_names = 0;
    for (size_t i = first; i < first + n; i++)
        for (size_t h = 0; h < w.points[i].n_hamlets && !w.points[i].is_held; h++)
            names[n_names++] = (named){w.points[i].hamlet[h], (uint32_t)i};
    learn_names(&w, names, n_names, true);
    n_names = 0;
    for (size_t i = first; i < first + n; i++)
        if (w.points[i].street.bare && !w.points[i].is_held)
            names[n_names++] = (named){w.points[i].street, (uint32_t)i};
    learn_names(&w, names, n_names, false);
    free(names);
    free(w.covered);
}
