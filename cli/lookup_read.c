/*
 * lookup_read.c: what the reader made of an address, for `noi lookup --json`. A name means something
 * only with a date: a ward, its district and its province may each be of another vintage, and then
 * the address mixes them ("Phường An Khánh, Quận 2" after 2021).
 */
#include "cli/lookup.h"

#include "address/house.h"
#include "address/text.h"

#include <json-c/json.h>
#include <string.h>

#define PROVINCE "Tỉnh "
#define LONGEST 256 /* of a unit's name that is compared */

/* ---- in which encoding ----------------------------------------------------------------------- */

static bool names_units(noi_reading *r, noi_buf *out, const noi_plan *plan, noi_str raw,
                        noi_encoding encoding) {
    noi_buf_clear(out);
    if (noi_text_to_utf8(out, raw, encoding) != NOI_OK) {
        noi_error_clear();
        return false;
    }
    noi_address_read(r, plan->gazetteer, noi_buf_view(out));
    return r->n_units > 0;
}

static bool same_units(const noi_reading *a, const noi_reading *b) {
    return a->n_units == b->n_units &&
           memcmp(a->units, b->units, a->n_units * sizeof *a->units) == 0;
}

noi_str cli_lookup_text(noi_buf *out, const noi_plan *plan, noi_str raw) {
    static const noi_encoding encodings[] = {NOI_ENCODING_TCVN3, NOI_ENCODING_VNI,
                                             NOI_ENCODING_CP1258};
    if (noi_utf8_is_valid(raw))
        return raw;
    noi_reading first, other;
    noi_encoding found = NOI_ENCODING_UNKNOWN;
    for (size_t i = 0; i < sizeof encodings / sizeof *encodings; i++) {
        if (!names_units(found ? &other : &first, out, plan, raw, encodings[i]))
            continue;
        if (found && !same_units(&first, &other))
            return raw;
        found = found ? found : encodings[i];
    }
    return found && names_units(&first, out, plan, raw, found) ? noi_buf_view(out) : raw;
}

/* ---- how surely ------------------------------------------------------------------------------ */

static bool holds(const char *text, const char *name) {
    return name[0] && strstr(text, name) != NULL;
}

/* How the written part names what it was read as: with its marks, without them, or by another name
 * (an abbreviation, or a former name). */
static const char *how(noi_str written, const char *name) {
    char text[2 * LONGEST + 1], wanted[2 * LONGEST + 1];
    noi_str full = noi_str_of(name);
    if (written.n > LONGEST || full.n > LONGEST)
        return "as_written";
    noi_text_fold(text, written, NOI_FOLD_MARKS);
    noi_text_fold(wanted, full, NOI_FOLD_MARKS);
    if (holds(text, wanted))
        return "as_written";
    noi_text_fold(text, written, NOI_FOLD_BARE);
    noi_text_fold(wanted, full, NOI_FOLD_BARE);
    return holds(text, wanted) ? "without_marks" : "other_name";
}

static json_object *part(noi_str text, const char *read) {
    if (text.n == 0)
        return NULL;
    json_object *o = json_object_new_object();
    json_object_object_add(o, "text", json_object_new_string_len(text.p, (int)text.n));
    json_object_object_add(o, "read", json_object_new_string(read));
    return o;
}

/* ---- of which days --------------------------------------------------------------------------- */

/* The first and the last day on which something was called so; null: before our records, still. */
static void add_days(json_object *to, noi_day from, noi_day until) {
    char day[12];
    json_object_object_add(
        to, "from", from == NOI_DAY_NONE ? NULL : json_object_new_string(noi_day_format(day, from)));
    json_object_object_add(to, "to",
                           until == NOI_DAY_OPEN
                               ? NULL
                               : json_object_new_string(noi_day_format(day, until - 1)));
}

static json_object *units_json(const noi_plan *plan, const noi_reading *r) {
    json_object *list = json_object_new_array();
    for (size_t i = 0; i < r->n_units; i++) {
        const noi_plan_unit_row *u = &plan->units[r->units[i]];
        json_object *one = json_object_new_object();
        char code[8];
        json_object_object_add(one, "code", json_object_new_string(noi_code_format(code, u->code)));
        json_object_object_add(one, "name",
                               json_object_new_string(noi_plan_text(plan, u->full_name)));
        add_days(one, u->from, u->to);
        json_object_array_add(list, one);
    }
    return list;
}

static json_object *ward_json(const noi_plan *plan, const noi_reading *r) {
    const char *name = r->n_units ? noi_plan_text(plan, plan->units[r->units[0]].name) : "";
    json_object *o = part(r->ward, r->n_units == 0  ? "not_known"
                                   : r->with_typo   ? "with_typing_error"
                                   : r->without_marks ? "without_marks"
                                                      : how(r->ward, name));
    if (o)
        json_object_object_add(o, "units", units_json(plan, r));
    return o;
}

/* The span of the units of a district, or of a province. */
typedef struct span {
    const char *name; /* as the plan has it; NULL when there is no such unit */
    noi_day from, to;
} span;

static void widen(span *s, const noi_plan_unit_row *u, const char *name) {
    const char *kind;
    noi_str bare;
    noi_split_district(&kind, &bare, noi_str_of(name));
    if (!s->name) /* people leave out "Tỉnh" */
        *s = (span){strncmp(name, PROVINCE, strlen(PROVINCE)) == 0 ? name + strlen(PROVINCE) : bare.p,
                    u->from, u->to};
    s->from = u->from < s->from ? u->from : s->from;
    s->to = u->to > s->to ? u->to : s->to;
}

/* `stands_for`: what another name is read as. */
static json_object *place_json(noi_str written, const span *s) {
    json_object *o = part(written, s->name ? how(written, s->name) : "not_known");
    if (!o || !s->name)
        return o;
    bool is_other = strcmp(how(written, s->name), "other_name") == 0;
    json_object_object_add(o, "stands_for", is_other ? json_object_new_string(s->name) : NULL);
    add_days(o, s->from, s->to);
    return o;
}

static json_object *district_json(const noi_plan *plan, const noi_reading *r) {
    span s = {0};
    for (uint32_t u = 0; r->district_code && u < plan->n_units; u++)
        if (plan->units[u].district_code == r->district_code)
            widen(&s, &plan->units[u], noi_plan_text(plan, plan->units[u].district_name));
    return place_json(r->district, &s);
}

static json_object *province_json(const noi_plan *plan, const noi_reading *r) {
    span s = {0};
    for (uint32_t u = 0; r->province_code && u < plan->n_units; u++)
        if (plan->units[u].province_code == r->province_code)
            widen(&s, &plan->units[u], noi_plan_text(plan, plan->units[u].province_name));
    return place_json(r->province, &s);
}

/* A chain of numbers, "1806/127/2/6", and the side of the street that it is on. */
static json_object *house_json(noi_str text) {
    noi_house house;
    json_object *o = part(text, "as_written"), *chain = json_object_new_array();
    if (!o) {
        json_object_put(chain);
        return NULL;
    }
    noi_house_parse(&house, text);
    for (size_t i = 0; i < house.n_links; i++)
        json_object_array_add(chain, json_object_new_int64(noi_house_number_of(house.links[i])));
    const char *side = noi_side_key(noi_house_side(&house));
    json_object_object_add(o, "chain", chain);
    json_object_object_add(o, "side", side[0] ? json_object_new_string(side) : NULL);
    return o;
}

json_object *cli_reading_json(const noi_plan *plan, noi_str text) {
    noi_reading r;
    if (text.n == 0)
        return NULL;
    noi_address_read(&r, plan->gazetteer, text);
    json_object *o = json_object_new_object();
    json_object_object_add(o, "house", house_json(r.house));
    json_object_object_add(o, "street", part(r.street, "as_written"));
    json_object_object_add(o, "hamlet", part(r.hamlet, "as_written"));
    json_object_object_add(o, "ward", ward_json(plan, &r));
    json_object_object_add(o, "district", district_json(plan, &r));
    json_object_object_add(o, "province", province_json(plan, &r));
    return o;
}
