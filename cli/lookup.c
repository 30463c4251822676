/* lookup.c: `noi lookup`: one address, code or point; the answer in one line, then why. */
#include "cli/cli.h"
#include "cli/question.h"

#include "base/file.h"
#include "base/i18n.h"
#include "merge/compile.h"
#include "plan/lookup.h"

#include <json-c/json.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

typedef struct options {
    const char *plan, *code, *as_of, *point, *error;
    bool json, reverse;
} options;

/* The plan that answers, and the bytes it lies in when it was compiled just now. */
typedef struct opened {
    noi_plan *plan;
    noi_buf bytes;
} opened;

static void close_opened(opened *o) {
    noi_plan_close(o->plan);
    noi_buf_free(&o->bytes);
}

static noi_status compile_registry(noi_buf *out, const char *path) {
    NOI_AUTO(noi_registry_closep) noi_registry *registry = NULL;
    NOI_TRY(noi_registry_open(&registry, path, NOI_OPEN_READ));
    return noi_compile_registry(out, registry, NOI_DAY_NONE);
}

static noi_status open_plan(opened *out, const options *o, const char *registry) {
    if (o->plan)
        return noi_plan_open(&out->plan, o->plan);
    if (!registry)
        return noi_plan_builtin(&out->plan, &out->bytes);
    NOI_TRY(compile_registry(&out->bytes, registry));
    return noi_plan_attach(&out->plan, out->bytes.p, out->bytes.n);
}

/* "106.7,10.77" */
static noi_status parse_point(double *lon, double *lat, const char *text) {
    char *end;
    *lon = strtod(text, &end);
    if (end == text || *end != ',')
        return noi_fail(NOI_ERR_USAGE, _("--point wants LON,LAT in degrees, not '%s'"), text);
    const char *second = end + 1;
    *lat = strtod(second, &end);
    if (end == second || *end || !isfinite(*lon) || !isfinite(*lat))
        return noi_fail(NOI_ERR_USAGE, _("--point wants LON,LAT in degrees, not '%s'"), text);
    return NOI_OK;
}

static noi_status parse_inquiry(noi_inquiry *q, const options *o, const char *text) {
    *q = (noi_inquiry){
        .lon = NAN, .lat = NAN, .as_of = NOI_DAY_NONE, .error_m = NOI_UNSTATED_ERROR_M};
    q->text = noi_str_of(text);
    q->code = noi_str_of(o->code);
    if (o->as_of) {
        q->as_of = noi_day_parse(noi_str_of(o->as_of));
        if (q->as_of == NOI_DAY_NONE)
            return noi_fail(NOI_ERR_USAGE, _("--as-of wants a day such as 2025-06-30, not '%s'"),
                            o->as_of);
    }
    if (o->error) {
        char *end;
        q->error_m = strtod(o->error, &end);
        if (end == o->error || *end || !(q->error_m >= 0 && q->error_m <= 100000))
            return noi_fail(NOI_ERR_USAGE, _("--error wants metres from 0 to 100000, not '%s'"), o->error);
    }
    return o->point ? parse_point(&q->lon, &q->lat, o->point) : NOI_OK;
}

/* ---- for machines ---- */

static void add_code(json_object *to, const char *key, const noi_plan *plan, uint16_t unit) {
    char code[8];
    json_object_object_add(to, key, unit == NOI_NO_UNIT ? NULL
                                                        : json_object_new_string(noi_code_format(
                                                              code, plan->units[unit].code)));
}

static void add_name(json_object *to, const char *key, const noi_plan *plan, uint16_t unit) {
    json_object_object_add(to, key,
                           unit == NOI_NO_UNIT
                               ? NULL
                               : json_object_new_string(
                                     noi_plan_text(plan, plan->units[unit].full_name)));
}

static void add_text(json_object *to, const char *key, const noi_buf *text) {
    json_object_object_add(to, key, text->n ? json_object_new_string(text->p) : NULL);
}

static json_object *unit_json(const noi_plan *plan, uint16_t unit) {
    json_object *o = json_object_new_object();
    add_code(o, "code", plan, unit);
    add_name(o, "name", plan, unit);
    return o;
}

static json_object *metres_json(float metres) {
    char text[32];
    snprintf(text, sizeof text, "%.1f", (double)metres);
    return json_object_new_double_s((double)metres, text);
}

/* A candidate; its probability in percent, null where no point weighs the candidates. */
static json_object *candidate_json(const noi_plan *plan, const noi_verdict *v, size_t at) {
    json_object *o = unit_json(plan, v->candidates[at]);
    json_object_object_add(o, "probability",
                           noi_verdict_is_weighed(v) ? json_object_new_int(v->probability[at])
                                                     : NULL);
    return o;
}

/* What the point says: the unit that holds it, the nearest when none does, the one that would hold
 * it if its coordinates had not been mishandled. Two of the three are null. */
static void add_point(json_object *to, const noi_plan *plan, const noi_verdict *v) {
    noi_point_says says = noi_point_reading(v);
    json_object *nearest = says == NOI_POINT_NEAREST ? unit_json(plan, v->point_unit) : NULL;
    if (nearest)
        json_object_object_add(nearest, "metres", metres_json(v->border_m));
    json_object_object_add(to, "point_in",
                           says == NOI_POINT_LIES_IN ? unit_json(plan, v->point_unit) : NULL);
    json_object_object_add(to, "nearest", nearest);
    json_object_object_add(to, "corrected_in",
                           says == NOI_POINT_CORRECTED ? unit_json(plan, v->point_unit) : NULL);
    bool near = v->border_m >= 0 && says == NOI_POINT_LIES_IN;
    json_object_object_add(to, "border_m", near ? metres_json(v->border_m) : NULL);
}

static void add_lists(json_object *to, const noi_plan *plan, const noi_verdict *v, noi_str asked) {
    json_object *candidates = json_object_new_array(), *warnings = json_object_new_array();
    for (size_t i = 0; i < v->n_candidates; i++)
        json_object_array_add(candidates, candidate_json(plan, v, i));
    for (uint32_t bit = 1; bit && bit <= v->warnings; bit <<= 1)
        if (v->warnings & bit)
            json_object_array_add(warnings,
                                  json_object_new_string(noi_warning_key((noi_warning)bit)));
    json_object_object_add(to, "candidates", candidates);
    cli_question_json(to, plan, v, asked);
    json_object_object_add(to, "warnings", warnings);
}

static void add_law(json_object *to, const noi_plan *plan, const noi_verdict *v) {
    noi_edge_info edge;
    bool known = v->edge >= 0 && noi_plan_edge(&edge, plan, v->edge) == NOI_OK;
    json_object_object_add(to, "clause",
                           known && *edge.clause ? json_object_new_string(edge.clause) : NULL);
    json_object_object_add(to, "resolution",
                           known ? json_object_new_string(edge.resolution) : NULL);
}

static void print_json(const noi_plan *plan, const noi_verdict *v, noi_str asked) {
    json_object *o = json_object_new_object();
    noi_verdict_status status = (noi_verdict_status)v->status;
    json_object_object_add(o, "status", json_object_new_string(noi_verdict_status_key(status)));
    add_code(o, "new_code", plan, v->new_unit);
    add_name(o, "new_name", plan, v->new_unit);
    add_code(o, "old_code", plan, v->old_unit);
    add_name(o, "old_name", plan, v->old_unit);
    json_object_object_add(
        o, "method",
        v->method ? json_object_new_string(noi_method_key((noi_method)v->method)) : NULL);
    add_law(o, plan, v);
    json_object_object_add(
        o, "reason",
        v->reason ? json_object_new_string(noi_reason_key((noi_reason)v->reason)) : NULL);
    add_lists(o, plan, v, asked);
    add_point(o, plan, v);
    NOI_AUTO_BUF noi_buf words = {0};
    noi_verdict_in_words(&words, plan, v);
    add_text(o, "explanation", &words);
    puts(json_object_to_json_string_ext(o, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE));
    json_object_put(o);
}

/* ---- for people ---- */

static void print_headline(const noi_plan *plan, const noi_verdict *v) {
    char code[8];
    if (v->status != NOI_ASSIGNED) {
        puts(v->status == NOI_AMBIGUOUS ? _("AMBIGUOUS") : _("UNPLACED"));
        return;
    }
    NOI_AUTO_BUF noi_buf name = {0};
    noi_unit_in_words(&name, plan, v->new_unit);
    printf("%s  %s\n", noi_code_format(code, plan->units[v->new_unit].code), name.p);
}

static void print_candidate(const noi_plan *plan, const noi_verdict *v, size_t at) {
    char code[8];
    NOI_AUTO_BUF noi_buf likely = {0};
    noi_probability_in_words(&likely, v, at);
    printf("  - %s  %s%s%s\n", noi_code_format(code, plan->units[v->candidates[at]].code),
           noi_plan_text(plan, plan->units[v->candidates[at]].full_name), likely.n ? ", " : "",
           likely.n ? likely.p : "");
}

static void print_people(const noi_plan *plan, const noi_verdict *v, noi_str asked) {
    print_headline(plan, v);
    NOI_AUTO_BUF noi_buf text = {0};
    noi_verdict_in_words(&text, plan, v);
    printf("  %s\n", text.p);
    for (uint32_t bit = 1; bit && bit <= v->warnings; bit <<= 1) {
        bool said = bit == NOI_WARN_OUTSIDE_COVERAGE && v->reason == NOI_REASON_OUTSIDE;
        if (!(v->warnings & bit) || said)
            continue;
        noi_buf_clear(&text);
        noi_warning_in_words(&text, plan, v, (noi_warning)bit);
        printf("  %s: %s\n", _("note"), text.p);
    }
    noi_buf_clear(&text);
    noi_point_in_words(&text, plan, v);
    if (text.n)
        printf("  %s: %s\n", _("note"), text.p);
    for (size_t i = 0; i < v->n_candidates; i++)
        print_candidate(plan, v, i);
    cli_question_show(plan, v, asked);
}

/* ---- new → old ---- */

static void print_predecessor(json_object *list, const noi_plan *plan,
                              const noi_plan_edge_row *e) {
    const char *part = noi_part_key((noi_part)e->part);
    if (!list) {
        char code[8];
        NOI_AUTO_BUF noi_buf name = {0};
        noi_unit_in_words(&name, plan, e->old_unit);
        printf("  - %s  %s (%s, %s %s)\n", noi_code_format(code, plan->units[e->old_unit].code),
               name.p, part, _("clause"), noi_plan_text(plan, e->clause));
        return;
    }
    json_object *o = unit_json(plan, e->old_unit);
    json_object_object_add(o, "part", json_object_new_string(part));
    json_object_object_add(o, "scope", json_object_new_string(noi_scope_key((noi_scope)e->scope)));
    json_object_object_add(o, "clause", json_object_new_string(noi_plan_text(plan, e->clause)));
    json_object_array_add(list, o);
}

/* All old units that the new unit took something of. */
static int print_reverse(const noi_plan *plan, const noi_verdict *v, bool json, noi_str asked) {
    if (v->status != NOI_ASSIGNED) {
        if (json)
            print_json(plan, v, asked);
        else
            print_people(plan, v, asked);
        return 1;
    }
    const noi_plan_unit_row *u = &plan->units[v->new_unit];
    json_object *o = json ? unit_json(plan, v->new_unit) : NULL;
    json_object *list = json ? json_object_new_array() : NULL;
    if (!json)
        print_headline(plan, v);
    for (uint32_t i = 0; i < u->n_in; i++)
        print_predecessor(list, plan, &plan->edges[plan->in_edges[u->first_in + i]]);
    if (!json)
        return 0;
    json_object_object_add(o, "predecessors", list);
    puts(json_object_to_json_string_ext(o, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE));
    json_object_put(o);
    return 0;
}

/* What the operands are: [REGISTRY] "ADDRESS", or [REGISTRY] beside --code or --point. */
static noi_status sort_operands(const char **registry, const char **text, const options *o,
                                const cli_operands *operands) {
    bool by_text = !o->code && !o->point;
    if (o->code && o->point)
        return noi_fail(NOI_ERR_USAGE, _("ask by --code or by --point, not by both"));
    size_t texts = by_text ? 1 : 0;
    NOI_TRY(cli_want_operands("lookup", operands, texts, texts + (o->plan ? 0 : 1)));
    *text = texts ? operands->items[operands->n - 1] : NULL;
    *registry = operands->n > texts ? operands->items[0] : NULL;
    return NOI_OK;
}

static noi_status answer(int *code, const options *o, const cli_operands *operands) {
    const char *registry = NULL, *text = NULL;
    noi_inquiry inquiry;
    NOI_TRY(sort_operands(&registry, &text, o, operands));
    NOI_TRY(parse_inquiry(&inquiry, o, text));
    NOI_AUTO(close_opened) opened plan = {0};
    NOI_TRY(open_plan(&plan, o, registry));
    if (o->point && !plan.plan->new_index) {
        noi_status status = noi_fail(NOI_ERR_INPUT, _("this plan has no boundary layer"));
        noi_hint(_("name a registry or --plan made after 'noi import REGISTRY layer FILE'"));
        return status;
    }
    /* new → old is asked about a unit of today */
    if (o->reverse && inquiry.as_of == NOI_DAY_NONE)
        inquiry.as_of = plan.plan->on;
    noi_verdict v;
    NOI_TRY(noi_inquire(&v, plan.plan, &inquiry));
    *code = v.status == NOI_ASSIGNED ? 0 : 1;
    if (o->reverse)
        *code = print_reverse(plan.plan, &v, o->json, inquiry.text);
    else if (o->json)
        print_json(plan.plan, &v, inquiry.text);
    else
        print_people(plan.plan, &v, inquiry.text);
    return NOI_OK;
}

int cli_run_lookup(int argc, char **argv) {
    options o = {0};
    const cli_option table[] = {
        {.name = "--plan", .value = &o.plan},   {.name = "--code", .value = &o.code},
        {.name = "--as-of", .value = &o.as_of}, {.name = "--point", .value = &o.point},
        {.name = "--error", .value = &o.error}, {.name = "--json", .flag = &o.json},
        {.name = "--reverse", .flag = &o.reverse},
    };
    cli_operands operands;
    bool help = false;
    noi_status status = cli_parse(&operands, &help, "lookup", argc, argv, table,
                                  sizeof table / sizeof *table);
    if (help)
        return 0;
    int code = 0;
    if (status == NOI_OK)
        status = answer(&code, &o, &operands);
    return status == NOI_OK ? code : cli_fail(status);
}
