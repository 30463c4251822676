/*
 * question.c: see question.h. A question is a list of answers, each with the candidates it leaves;
 * the attribute whose answers leave the fewest, on the average, is asked.
 */
#include "plan/question.h"

#include "base/i18n.h"
#include "plan/judge.h"
#include "plan/lookup.h"

#include <string.h>

/* One attribute while it is tried. */
typedef struct trial {
    noi_attribute attribute;
    noi_answer *answers;
    double *weights;
    size_t n, capacity, weights_room;
    bool more;
    double left, hoped; /* expected; `hoped`: when all that the rules ask for is known in the end */
} trial;

typedef struct search {
    const noi_plan *plan;
    const noi_verdict *v;
    noi_reading reading;
    bool has_text;
    unit_set candidates;
    noi_arena *texts;
    trial best;
} search;

static void trial_free(trial *t) {
    free(t->answers);
    free(t->weights);
}

/* ---- answers --------------------------------------------------------------------------------- */

static noi_answer *answer_of(trial *t, const char *text) {
    for (size_t i = 0; i < t->n; i++)
        if (strcmp(t->answers[i].text, text) == 0)
            return &t->answers[i];
    if (t->n == NOI_MAX_ANSWERS) {
        t->more = true;
        return NULL;
    }
    NOI_GROW(t->answers, t->capacity, t->n + 1);
    NOI_GROW(t->weights, t->weights_room, t->n + 1);
    t->weights[t->n] = 0;
    t->answers[t->n] = (noi_answer){.text = text};
    return &t->answers[t->n++];
}

static void leave(noi_answer *answer, uint16_t unit) {
    size_t at = answer->n_units;
    for (size_t i = 0; i < answer->n_units; i++)
        if (answer->units[i] == unit)
            return;
    if (at == NOI_MAX_CANDIDATES)
        return;
    for (; at > 0 && answer->units[at - 1] > unit; at--)
        answer->units[at] = answer->units[at - 1];
    answer->units[at] = unit;
    answer->n_units++;
}

static void leave_all(noi_answer *answer, const unit_set *units) {
    for (size_t i = 0; i < units->n; i++)
        leave(answer, units->items[i]);
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* "khu phố 3" before "khu phố 10". */
static int compare_texts(const char *a, const char *b) {
    while (*a && *b) {
        if (is_digit(*a) && is_digit(*b)) {
            char *end_a, *end_b;
            unsigned long x = strtoul(a, &end_a, 10), y = strtoul(b, &end_b, 10);
            if (x != y)
                return x < y ? -1 : 1;
            a = end_a;
            b = end_b;
            continue;
        }
        if (*a != *b)
            return (unsigned char)*a < (unsigned char)*b ? -1 : 1;
        a++;
        b++;
    }
    return *a ? 1 : *b ? -1 : 0;
}

static int by_text(const void *a, const void *b) {
    const noi_answer *x = a, *y = b;
    if (x->to || y->to)
        return x->from != y->from ? (x->from < y->from ? -1 : 1) : x->to < y->to ? -1 : x->to > y->to;
    return compare_texts(x->text, y->text);
}

/* Keeps the trial when it leaves fewer than the best so far, or as few with fewer answers. */
static void consider(search *s, trial *t) {
    const trial *best = &s->best;
    double all = (double)s->candidates.n;
    bool helps = t->n > 0 && (t->left < all || t->hoped < all);
    bool better = !best->attribute || t->left < best->left ||
                  (t->left == best->left &&
                   (t->hoped < best->hoped || (t->hoped == best->hoped && t->n < best->n)));
    if (!helps || !better) {
        trial_free(t);
        return;
    }
    trial_free(&s->best);
    s->best = *t;
}

static void expect_equally(trial *t) {
    double sum = 0;
    for (size_t i = 0; i < t->n; i++)
        sum += t->answers[i].n_units;
    t->left = t->hoped = t->n ? sum / (double)t->n : 0;
}

/* ---- which unit: homonyms, and a district alone ---------------------------------------------- */

/* "Quận 4", or the unit's own name where it has no district. */
static const char *district_of(search *s, uint16_t unit) {
    NOI_AUTO_BUF noi_buf words = {0};
    noi_district_in_words(&words, s->plan, unit);
    if (words.n == 0)
        return noi_plan_text(s->plan, s->plan->units[unit].full_name);
    return noi_arena_strndup(s->texts, words.p, words.n);
}

static const char *value_of_unit(search *s, noi_attribute attribute, uint16_t unit) {
    const noi_plan_unit_row *u = &s->plan->units[unit];
    if (attribute == NOI_ATTRIBUTE_DISTRICT)
        return district_of(s, unit);
    return noi_plan_text(s->plan,
                         attribute == NOI_ATTRIBUTE_PROVINCE ? u->province_name : u->full_name);
}

/* What the answer leaves: the successors of the unit that are candidates; where not all candidates
 * are listed, all its successors. */
static void leave_successors(const search *s, noi_answer *answer, const hypotheses *one) {
    candidates c = {0};
    noi_candidates_find(&c, s->plan, one);
    for (size_t i = 0; i < c.units.n; i++)
        if (set_has(&s->candidates, c.units.items[i]) || s->candidates.more)
            leave(answer, c.units.items[i]);
}

static void add_unit_answer(search *s, trial *t, uint16_t unit, bool is_new) {
    noi_answer *answer = answer_of(t, value_of_unit(s, t->attribute, unit));
    if (!answer)
        return;
    hypotheses one = {0};
    set_add(is_new ? &one.new_units : &one.old_units, unit);
    leave_successors(s, answer, &one);
}

static void try_units(search *s, noi_attribute attribute, const hypotheses *h) {
    trial t = {.attribute = attribute};
    for (size_t i = 0; i < h->old_units.n; i++)
        add_unit_answer(s, &t, h->old_units.items[i], false);
    for (size_t i = 0; i < h->new_units.n; i++)
        add_unit_answer(s, &t, h->new_units.items[i], true);
    expect_equally(&t);
    if (t.n < 2)
        trial_free(&t);
    else
        consider(s, &t);
}

static void ask_which_unit(search *s) {
    hypotheses h = {0};
    noi_hypotheses_of_reading(&h, s->plan, &s->reading);
    if (!s->reading.district_code)
        try_units(s, NOI_ATTRIBUTE_DISTRICT, &h);
    if (!s->reading.province_code)
        try_units(s, NOI_ATTRIBUTE_PROVINCE, &h);
    try_units(s, NOI_ATTRIBUTE_WARD, &h);
}

static void ask_which_ward(search *s) {
    hypotheses h = {0};
    noi_code district = s->reading.district_code;
    for (uint32_t i = 0; district && i < s->plan->n_units; i++)
        if (s->plan->units[i].district_code == district &&
            noi_plan_in_force(s->plan, (uint16_t)i, s->plan->on - 1))
            set_add(&h.old_units, (uint16_t)i);
    try_units(s, NOI_ATTRIBUTE_WARD, &h);
}

/* ---- which part of a unit: its rules --------------------------------------------------------- */

/* Side, range and alley mean nothing before the street is known. */
static uint32_t askable(uint32_t unsaid) {
    if (unsaid & NOI_ATTRIBUTE_STREET)
        return unsaid & ~(uint32_t)(NOI_ATTRIBUTE_SIDE | NOI_ATTRIBUTE_RANGE | NOI_ATTRIBUTE_ALLEY);
    return unsaid;
}

static bool same_street(const noi_plan_rule_row *a, const noi_plan_rule_row *b) {
    return noi_name_key_fits((noi_name_key){a->street, a->street_marks},
                             (noi_name_key){b->street, b->street_marks});
}

/* Whether an answer that fits rule `asked` makes rule r's attribute hold. */
static bool answers(noi_attribute attribute, const noi_plan_rule_row *asked,
                    const noi_plan_rule_row *r) {
    switch (attribute) {
    case NOI_ATTRIBUTE_STREET:
        return same_street(asked, r);
    case NOI_ATTRIBUTE_SIDE:
        return asked->side == r->side;
    case NOI_ATTRIBUTE_RANGE:
        return r->from <= asked->from && asked->to <= r->to;
    case NOI_ATTRIBUTE_ALLEY:
        return r->alley_kind == asked->alley_kind && r->n_alley <= asked->n_alley &&
               memcmp(r->alley, asked->alley, r->n_alley * sizeof *r->alley) == 0;
    case NOI_ATTRIBUTE_HAMLET:
        return memcmp(asked->hamlet, r->hamlet, sizeof r->hamlet) == 0;
    case NOI_ATTRIBUTE_SHEET:
        return asked->sheet == r->sheet;
    default:
        return false;
    }
}

static const char *value_of_rule(search *s, noi_attribute attribute, const noi_plan_rule_row *r) {
    switch (attribute) {
    case NOI_ATTRIBUTE_STREET:
        return noi_plan_text(s->plan, r->street_text);
    case NOI_ATTRIBUTE_SIDE:
        return noi_side_key((noi_street_side)r->side);
    case NOI_ATTRIBUTE_RANGE:
        return noi_arena_format(s->texts, "%u-%u", r->from, r->to);
    case NOI_ATTRIBUTE_ALLEY:
        return noi_plan_text(s->plan, r->alley_text);
    case NOI_ATTRIBUTE_HAMLET:
        return noi_plan_text(s->plan, r->hamlet_text);
    default:
        return noi_plan_text(s->plan, r->sheet_text);
    }
}

/* A rule that nothing which the record says denies. */
typedef struct open_rule {
    const noi_plan_rule_row *row;
    uint32_t unsaid;
} open_rule;

/* What is left after an answer: the units of the rules that then hold; while none does, all. */
static void leave_by_rules(const search *s, trial *t, noi_answer *answer, const open_rule *asked,
                           const open_rule *rules, size_t n) {
    double weight = 0;
    for (size_t i = 0; i < n; i++) {
        const noi_plan_rule_row *r = rules[i].row;
        bool about = rules[i].unsaid & t->attribute && answers(t->attribute, asked->row, r);
        if (!about && rules[i].unsaid)
            continue;
        if ((rules[i].unsaid & ~(uint32_t)t->attribute) == 0)
            leave(answer, r->new_unit);
        if (about)
            weight += r->support ? r->support : 1;
    }
    if (answer->n_units == 0)
        leave_all(answer, &s->candidates);
    t->weights[answer - t->answers] = weight;
    t->left += weight * answer->n_units;
    t->hoped += weight; /* each rule leads to one unit */
}

/* The answer may be none of the list, as often as one of it on the average, and leaves all then;
 * but a house number is odd or even. */
static void expect(const search *s, trial *t, double weight) {
    if (t->n == 0)
        return;
    bool complete = t->attribute == NOI_ATTRIBUTE_SIDE && t->n == 2;
    double other = complete ? 0 : weight / (double)t->n, all = (double)s->candidates.n;
    t->left = (t->left + other * all) / (weight + other);
    t->hoped = (t->hoped + other * all) / (weight + other);
}

static void try_rules(search *s, noi_attribute attribute, const open_rule *rules, size_t n) {
    trial t = {.attribute = attribute};
    double weight = 0;
    for (size_t i = 0; i < n; i++) {
        if (!(askable(rules[i].unsaid) & attribute))
            continue;
        size_t before = t.n;
        noi_answer *answer = answer_of(&t, value_of_rule(s, attribute, rules[i].row));
        if (!answer || t.n == before)
            continue;
        if (attribute == NOI_ATTRIBUTE_RANGE) {
            answer->from = rules[i].row->from;
            answer->to = rules[i].row->to;
        }
        leave_by_rules(s, &t, answer, &rules[i], rules, n);
    }
    for (size_t i = 0; i < t.n; i++)
        weight += t.weights[i];
    expect(s, &t, weight);
    consider(s, &t);
}

static void ask_which_part(search *s) {
    if (s->v->old_unit == NOI_NO_UNIT)
        return;
    uint32_t first;
    size_t n = noi_plan_rules_of(&first, s->plan, s->v->old_unit), n_open = 0;
    if (n == 0)
        return;
    noi_place place;
    noi_place_of(&place, s->has_text ? &s->reading : NULL, NOI_STR(""));
    NOI_AUTO_FREE open_rule *rules = noi_alloc(n * sizeof *rules);
    for (size_t i = 0; i < n; i++) {
        const noi_plan_rule_row *r = &s->plan->rules[first + i];
        noi_rule_fit fit = noi_rule_fits(r, &place);
        if (!fit.denied && set_has(&s->candidates, r->new_unit))
            rules[n_open++] = (open_rule){r, fit.unsaid};
    }
    static const noi_attribute tried[] = {NOI_ATTRIBUTE_SIDE,   NOI_ATTRIBUTE_RANGE,
                                          NOI_ATTRIBUTE_ALLEY,  NOI_ATTRIBUTE_STREET,
                                          NOI_ATTRIBUTE_HAMLET};
    for (size_t i = 0; i < sizeof tried / sizeof *tried; i++)
        try_rules(s, tried[i], rules, n_open);
    if (!s->has_text || !s->best.attribute) /* who writes an address seldom knows the sheet */
        try_rules(s, NOI_ATTRIBUTE_SHEET, rules, n_open);
}

/* ---- the whole ------------------------------------------------------------------------------- */

static bool is_at_border(const noi_verdict *v) {
    return v->reason == NOI_REASON_NEAR_BORDER || v->reason == NOI_REASON_OVERLAP;
}

/* What is asked where no list of answers helps. */
static noi_attribute open_attribute(const noi_verdict *v) {
    if (v->reason == NOI_REASON_HOMONYM && v->warnings & NOI_WARN_DISTRICT_MISSING)
        return NOI_ATTRIBUTE_DISTRICT;
    if (v->reason == NOI_REASON_DISTRICT_ONLY)
        return NOI_ATTRIBUTE_WARD;
    if (v->reason == NOI_REASON_OTHER_PROVINCE)
        return NOI_ATTRIBUTE_PROVINCE;
    return v->n_candidates > 1 ? NOI_ATTRIBUTE_POINT : NOI_ATTRIBUTE_WARD;
}

static void ask_the_border(search *s) {
    trial t = {.attribute = NOI_ATTRIBUTE_POINT};
    for (size_t i = 0; i < s->candidates.n; i++) {
        uint16_t unit = s->candidates.items[i];
        noi_answer *answer =
            answer_of(&t, noi_plan_text(s->plan, s->plan->units[unit].full_name));
        if (answer)
            leave(answer, unit);
    }
    expect_equally(&t);
    consider(s, &t);
}

static void ask(search *s) {
    const noi_verdict *v = s->v;
    if (v->reason == NOI_REASON_HOMONYM && s->has_text)
        ask_which_unit(s);
    else if (v->reason == NOI_REASON_DISTRICT_ONLY && s->has_text)
        ask_which_ward(s);
    else if (v->reason == NOI_REASON_SPLIT || is_at_border(v))
        ask_which_part(s);
    if (!s->best.attribute && is_at_border(v))
        ask_the_border(s);
    if (!s->best.attribute)
        s->best = (trial){.attribute = open_attribute(v), .left = v->n_candidates};
}

void noi_question_find(noi_question *out, const noi_plan *plan, const noi_verdict *v,
                       noi_str text) {
    *out = (noi_question){0};
    if (v->status == NOI_ASSIGNED)
        return;
    search s = {.plan = plan, .v = v, .texts = noi_arena_new()};
    s.has_text = noi_str_trim(text).n > 0;
    if (s.has_text)
        noi_address_read(&s.reading, plan->gazetteer, text);
    for (size_t i = 0; i < v->n_candidates; i++)
        set_add(&s.candidates, v->candidates[i]);
    s.candidates.more = (v->warnings & NOI_WARN_MORE_CANDIDATES) != 0;
    ask(&s);
    if (s.best.n)
        qsort(s.best.answers, s.best.n, sizeof *s.best.answers, by_text);
    free(s.best.weights);
    *out = (noi_question){.attribute = s.best.attribute,
                          .expected_left = s.best.left,
                          .n_answers = s.best.n,
                          .more = s.best.more,
                          .answers = s.best.answers,
                          .texts = s.texts};
}

void noi_question_free(noi_question *question) {
    free(question->answers);
    noi_arena_free(question->texts);
    *question = (noi_question){0};
}

/* ---- in words -------------------------------------------------------------------------------- */

static void add_candidates(noi_buf *out, const noi_plan *plan, const noi_verdict *v) {
    for (size_t i = 0; i < v->n_candidates; i++)
        noi_buf_printf(out, "%s%s", i ? ", " : "",
                       noi_plan_text(plan, plan->units[v->candidates[i]].full_name));
    if (v->warnings & NOI_WARN_MORE_CANDIDATES)
        noi_buf_add_str(out, ", ...");
}

/* Two ranges that follow each other are one threshold: "200 or higher?" */
static void ask_for_number(noi_buf *out, const noi_question *q) {
    if (q->n_answers == 2 && q->answers[0].to < q->answers[1].from)
        noi_buf_printf(out, _("is the house number %u or higher?"), q->answers[1].from);
    else
        noi_buf_add_str(out, _("what is the house number?"));
}

static void ask_for_point(noi_buf *out, const noi_plan *plan, const noi_verdict *v) {
    NOI_AUTO_BUF noi_buf units = {0};
    add_candidates(&units, plan, v);
    const char *names = units.p ? units.p : "";
    noi_buf_printf(out,
                   is_at_border(v)
                       ? _("on which side of the border does it stand: %s?")
                       : _("where exactly is it (street, house number or a point): %s?"),
                   names);
}

void noi_question_words(noi_buf *out, const noi_plan *plan, const noi_verdict *v,
                        const noi_question *q) {
    switch (q->attribute) {
    case NOI_ATTRIBUTE_NONE:
        return;
    case NOI_ATTRIBUTE_HAMLET:
        noi_buf_add_str(out, _("which quarter or hamlet (khu phố, ấp, tổ) is it in?"));
        return;
    case NOI_ATTRIBUTE_STREET:
        noi_buf_add_str(out, _("which street is it in?"));
        return;
    case NOI_ATTRIBUTE_SIDE:
        noi_buf_add_str(out, _("is the house number odd or even?"));
        return;
    case NOI_ATTRIBUTE_RANGE:
        ask_for_number(out, q);
        return;
    case NOI_ATTRIBUTE_ALLEY:
        noi_buf_add_str(out, _("which alley is it in?"));
        return;
    case NOI_ATTRIBUTE_SHEET:
        noi_buf_add_str(out, _("which sheet of the cadastral map is it on?"));
        return;
    case NOI_ATTRIBUTE_DISTRICT:
        noi_buf_add_str(out, _("which district was it in?"));
        return;
    case NOI_ATTRIBUTE_PROVINCE:
        noi_buf_add_str(out, v->reason == NOI_REASON_OTHER_PROVINCE
                                 ? _("is it really a place in this province?")
                                 : _("which province was it in?"));
        return;
    case NOI_ATTRIBUTE_WARD:
        if (v->reason == NOI_REASON_DISTRICT_ONLY)
            noi_buf_add_str(out, _("which ward or commune of the district was it in?"));
        else if (v->n_candidates > 1)
            noi_buf_add_str(out, _("which of the wards or communes of this name is meant?"));
        else
            noi_buf_add_str(out, _("which old ward or commune and district, or which point?"));
        return;
    case NOI_ATTRIBUTE_POINT:
        ask_for_point(out, plan, v);
        return;
    }
}

void noi_answer_words(noi_buf *out, const noi_question *q, const noi_answer *answer) {
    if (q->attribute == NOI_ATTRIBUTE_SIDE)
        noi_buf_add_str(out, strcmp(answer->text, "odd") == 0 ? _("odd house numbers")
                                                              : _("even house numbers"));
    else if (q->attribute == NOI_ATTRIBUTE_RANGE)
        noi_buf_printf(out,
                       answer->to == NOI_HOUSE_MAX_NUMBER ? _("house numbers from %u on")
                                                          : _("house numbers %u to %u"),
                       answer->from, answer->to);
    else if (q->attribute == NOI_ATTRIBUTE_ALLEY)
        noi_buf_printf(out, _("alley %s"), answer->text);
    else if (q->attribute == NOI_ATTRIBUTE_SHEET)
        noi_buf_printf(out, _("sheet %s of the cadastral map"), answer->text);
    else
        noi_buf_add_str(out, answer->text);
}
