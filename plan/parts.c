/* parts.c: rules for parts of a unit: how they are laid out, and what they say of a place. */
#include "plan/parts.h"

#include "base/i18n.h"

#include <string.h>

const char *noi_attribute_key(noi_attribute attribute) {
    switch (attribute) {
#define ATTRIBUTE_KEY(name, bit, key)                                                              \
    case name:                                                                                     \
        return key;
        NOI_ATTRIBUTE_TABLE(ATTRIBUTE_KEY)
#undef ATTRIBUTE_KEY
    case NOI_ATTRIBUTE_NONE:
        break;
    }
    return "";
}

/* ---- building -------------------------------------------------------------------------------- */

static bool is_stated(const char *text) {
    return text && *text;
}

static bool take_street(noi_plan_rule_row *row, const char *text) {
    noi_street street;
    noi_street_parse(&street, noi_str_of(text));
    row->street = street.name.bare;
    row->street_marks = street.name.marks;
    row->attributes |= NOI_ATTRIBUTE_STREET;
    return street.name.bare != 0 && street.alley.kind == NOI_HOUSE_NONE;
}

static bool take_alley(noi_plan_rule_row *row, const char *text) {
    noi_house alley;
    noi_house_parse(&alley, noi_str_of(text));
    memcpy(row->alley, alley.links, sizeof row->alley);
    row->n_alley = alley.n_links;
    row->alley_kind = alley.kind;
    row->attributes |= NOI_ATTRIBUTE_ALLEY;
    return alley.n_links > 0;
}

static bool take_hamlet(noi_plan_rule_row *row, const char *text) {
    noi_hamlet hamlet;
    noi_hamlet_parse(&hamlet, noi_str_of(text));
    if (hamlet.n == 0 || hamlet.n > NOI_RULE_HAMLETS)
        return false;
    for (size_t i = 0; i < hamlet.n; i++) {
        noi_name_key key = noi_hamlet_key(&hamlet.parts[i]);
        row->hamlet[i] = key.bare;
        row->hamlet_marks[i] = key.marks;
        row->hamlet_kind[i] = hamlet.parts[i].kind;
    }
    row->attributes |= NOI_ATTRIBUTE_HAMLET;
    return true;
}

static bool take_sheet(noi_plan_rule_row *row, const char *text) {
    row->sheet = noi_sheet_key(noi_str_of(text)).bare;
    row->attributes |= NOI_ATTRIBUTE_SHEET;
    return row->sheet != 0;
}

/* False when something that the rule states cannot be read, or it states nothing. */
static bool take_attributes(noi_plan_rule_row *row, const noi_plan_source_rule *r) {
    bool sound = true;
    if (is_stated(r->street))
        sound &= take_street(row, r->street);
    if (is_stated(r->alley))
        sound &= take_alley(row, r->alley);
    if (is_stated(r->hamlet))
        sound &= take_hamlet(row, r->hamlet);
    if (is_stated(r->sheet))
        sound &= take_sheet(row, r->sheet);
    if (r->side != NOI_SIDE_NONE)
        row->attributes |= NOI_ATTRIBUTE_SIDE;
    if (r->to)
        row->attributes |= NOI_ATTRIBUTE_RANGE;
    return sound && row->attributes && r->from <= r->to;
}

static int by_unit_and_street(const void *a, const void *b) {
    const noi_plan_rule_row *x = a, *y = b;
    if (x->old_unit != y->old_unit)
        return x->old_unit < y->old_unit ? -1 : 1;
    if (x->street != y->street)
        return x->street < y->street ? -1 : 1;
    return x->id < y->id ? -1 : x->id > y->id;
}

static noi_status fail_rule(const noi_plan_source_rule *r) {
    return noi_fail(NOI_ERR_INPUT,
                    _("split rule %lld states nothing that can be read (street '%s', alley '%s', "
                      "hamlet '%s', sheet '%s')"),
                    (long long)r->id, r->street ? r->street : "", r->alley ? r->alley : "",
                    r->hamlet ? r->hamlet : "", r->sheet ? r->sheet : "");
}

noi_status noi_plan_rules_build(noi_buf *out, const noi_plan_source *source,
                                uint32_t (*add_text)(void *, const char *), void *context) {
    NOI_AUTO_FREE noi_plan_rule_row *rows = noi_alloc_zero(source->n_rules + 1, sizeof *rows);
    for (size_t i = 0; i < source->n_rules; i++) {
        const noi_plan_source_rule *r = &source->rules[i];
        noi_plan_rule_row *row = &rows[i];
        if (!take_attributes(row, r))
            return fail_rule(r);
        row->old_unit = (uint16_t)r->old_unit;
        row->new_unit = (uint16_t)r->new_unit;
        row->from = r->from;
        row->to = r->to;
        row->side = (uint8_t)r->side;
        row->origin = r->learned ? NOI_RULE_LEARNED : NOI_RULE_IMPORTED;
        row->street_text = add_text(context, r->street);
        row->alley_text = add_text(context, r->alley);
        row->hamlet_text = add_text(context, r->hamlet);
        row->sheet_text = add_text(context, r->sheet);
        row->source = add_text(context, r->source);
        row->support = r->support;
        row->purity = r->purity;
        row->on = r->on;
        row->id = r->id;
    }
    qsort(rows, source->n_rules, sizeof *rows, by_unit_and_street);
    noi_plan_rules_header header = {.n_rules = (uint32_t)source->n_rules,
                                    .n_left_out = (uint32_t)source->n_rules_left_out};
    memcpy(header.mark, NOI_PLAN_RULES_MARK, sizeof header.mark);
    noi_buf_add(out, &header, sizeof header);
    noi_buf_add(out, rows, source->n_rules * sizeof *rows);
    return NOI_OK;
}

/* ---- opening --------------------------------------------------------------------------------- */

static bool is_sound(const noi_plan_rule_row *r, const noi_plan *plan, size_t n_strings) {
    const uint32_t all = NOI_ATTRIBUTE_HAMLET | NOI_ATTRIBUTE_STREET | NOI_ATTRIBUTE_SIDE |
                         NOI_ATTRIBUTE_RANGE | NOI_ATTRIBUTE_ALLEY | NOI_ATTRIBUTE_SHEET;
    return r->old_unit < plan->n_units && r->new_unit < plan->n_units && r->attributes &&
           !(r->attributes & ~all) && r->n_alley <= NOI_HOUSE_LINKS && r->side <= NOI_SIDE_EVEN &&
           r->origin <= NOI_RULE_LEARNED && r->street_text < n_strings &&
           r->alley_text < n_strings && r->hamlet_text < n_strings && r->sheet_text < n_strings &&
           r->source < n_strings && r->purity >= 0 && r->purity <= 1;
}

bool noi_plan_rules_attach(noi_plan *plan, const void *bytes, size_t n, size_t n_strings) {
    const noi_plan_rules_header *h = bytes;
    if (n < sizeof *h || memcmp(h->mark, NOI_PLAN_RULES_MARK, sizeof h->mark) != 0 ||
        n != sizeof *h + (uint64_t)h->n_rules * sizeof(noi_plan_rule_row))
        return false;
    const noi_plan_rule_row *rows = (const void *)(h + 1);
    for (uint32_t i = 0; i < h->n_rules; i++)
        if (!is_sound(&rows[i], plan, n_strings) ||
            (i > 0 && by_unit_and_street(&rows[i - 1], &rows[i]) > 0))
            return false;
    plan->rules = rows;
    plan->n_rules = h->n_rules;
    plan->n_rules_left_out = h->n_left_out;
    return true;
}

/* The first rule that is not before this unit and street. */
static uint32_t lower_bound(const noi_plan *plan, uint32_t unit, uint64_t street) {
    uint32_t low = 0, high = plan->n_rules;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const noi_plan_rule_row *r = &plan->rules[middle];
        if (r->old_unit < unit || (r->old_unit == unit && r->street < street))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t noi_plan_rules_of(uint32_t *first, const noi_plan *plan, uint16_t old_unit) {
    *first = lower_bound(plan, old_unit, 0);
    return lower_bound(plan, old_unit + 1u, 0) - *first;
}

/* ---- a place, and what rules say of it ------------------------------------------------------- */

void noi_place_of(noi_place *out, const noi_reading *reading, noi_str sheet) {
    memset(out, 0, offsetof(noi_place, hamlet_keys)); /* keys behind hamlet.n are not looked at */
    if (sheet.n)
        out->sheet = noi_sheet_key(sheet);
    if (!reading)
        return;
    noi_street street;
    noi_street_parse(&street, reading->street);
    noi_house_parse(&out->house, reading->house);
    noi_house_join(&out->house, &street);
    out->street = street.name;
    noi_hamlet_parse(&out->hamlet, reading->hamlet);
    for (size_t i = 0; i < out->hamlet.n; i++)
        out->hamlet_keys[i] = noi_hamlet_key(&out->hamlet.parts[i]);
}

/* Whether the house says what side, range and alley ask. */
static bool has_number(const noi_house *house) {
    return house->kind == NOI_HOUSE_NUMBER || house->kind == NOI_HOUSE_LETTERED;
}

static void note(noi_rule_fit *fit, noi_attribute attribute, bool said, bool holds) {
    if (!said)
        fit->unsaid |= attribute;
    else if (!holds)
        fit->denied |= attribute;
}

static void fit_house(noi_rule_fit *fit, const noi_plan_rule_row *r, const noi_house *house) {
    bool said = has_number(house);
    if (r->attributes & NOI_ATTRIBUTE_SIDE)
        note(fit, NOI_ATTRIBUTE_SIDE, said, noi_house_side(house) == (noi_street_side)r->side);
    if (r->attributes & NOI_ATTRIBUTE_RANGE)
        note(fit, NOI_ATTRIBUTE_RANGE, said, noi_house_in_range(house, r->from, r->to));
    if (!(r->attributes & NOI_ATTRIBUTE_ALLEY))
        return;
    noi_house alley = {.kind = r->alley_kind, .n_links = r->n_alley};
    memcpy(alley.links, r->alley, sizeof alley.links);
    note(fit, NOI_ATTRIBUTE_ALLEY, said, noi_house_in_alley(house, &alley));
}

/* A part of the rule's kind that the place names must be the rule's. */
static void fit_hamlet(noi_rule_fit *fit, const noi_plan_rule_row *r, const noi_place *place) {
    for (size_t k = 0; k < NOI_RULE_HAMLETS && r->hamlet[k]; k++) {
        noi_name_key want = {r->hamlet[k], r->hamlet_marks[k]};
        bool said = false, found = false;
        for (size_t i = 0; i < place->hamlet.n; i++) {
            said |= place->hamlet.parts[i].kind == r->hamlet_kind[k];
            found |= noi_name_key_fits(want, place->hamlet_keys[i]);
        }
        note(fit, NOI_ATTRIBUTE_HAMLET, said, found);
    }
}

noi_rule_fit noi_rule_fits(const noi_plan_rule_row *r, const noi_place *place) {
    noi_rule_fit fit = {0};
    if (r->attributes & NOI_ATTRIBUTE_STREET)
        note(&fit, NOI_ATTRIBUTE_STREET, place->street.bare != 0,
             noi_name_key_fits((noi_name_key){r->street, r->street_marks}, place->street));
    if (r->attributes & NOI_ATTRIBUTE_SHEET)
        note(&fit, NOI_ATTRIBUTE_SHEET, place->sheet.bare != 0, r->sheet == place->sheet.bare);
    fit_house(&fit, r, &place->house);
    if (r->attributes & NOI_ATTRIBUTE_HAMLET)
        fit_hamlet(&fit, r, place);
    return fit;
}

static bool is_better(const noi_plan_rule_row *a, const noi_plan_rule_row *b) {
    if (a->origin != b->origin)
        return a->origin < b->origin;
    if (a->support != b->support)
        return a->support > b->support;
    return a->id < b->id;
}

static void weigh_from(noi_rules_say *out, const noi_plan *plan, uint16_t old_unit, uint64_t street,
                       const unit_set *among, const noi_place *place) {
    for (uint32_t i = lower_bound(plan, old_unit, street); i < plan->n_rules; i++) {
        const noi_plan_rule_row *r = &plan->rules[i];
        if (r->old_unit != old_unit || r->street != street)
            return;
        noi_rule_fit fit = noi_rule_fits(r, place);
        if (fit.unsaid || fit.denied || !set_has(among, r->new_unit))
            continue;
        set_add(&out->units, r->new_unit);
        if (out->rule < 0 || is_better(r, &plan->rules[out->rule]))
            out->rule = (int32_t)i;
    }
}

void noi_rules_weigh(noi_rules_say *out, const noi_plan *plan, uint16_t old_unit,
                     const unit_set *among, const noi_place *place) {
    out->units.n = 0;
    out->units.more = false;
    out->rule = -1;
    weigh_from(out, plan, old_unit, 0, among, place);
    if (place->street.bare)
        weigh_from(out, plan, old_unit, place->street.bare, among, place);
}
