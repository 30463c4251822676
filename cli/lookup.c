/* lookup.c: `noi lookup`: one address, code or point; the answer in one line, then why. */
#include "cli/cli.h"
#include "cli/lookup.h"
#include "cli/open_plan.h"
#include "cli/outputs.h"

#include "base/file.h"
#include "base/i18n.h"
#include "report/slip.h"


#include <math.h>
#include <stdio.h>
#include <string.h>

typedef struct options {
    const char *plan, *code, *as_of, *point, *error, *slip;
    bool json, reverse, interactive;
} options;

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

/* `noi lookup -i [REGISTRY]`, and `noi lookup` alone. */
static noi_status answer_lines(int *code, const options *o, const cli_operands *operands) {
    if (o->code || o->point || o->reverse || o->error || o->slip)
        return noi_fail(NOI_ERR_USAGE, _("many questions in a row are addresses: without --code, "
                                         "--point, --error, --reverse and --slip"));
    NOI_TRY(cli_want_operands("lookup", operands, 0, o->plan ? 0 : 1));
    noi_inquiry inquiry;
    NOI_TRY(parse_inquiry(&inquiry, o, NULL));
    NOI_AUTO(cli_plan_close) cli_plan plan = {0};
    NOI_TRY(cli_plan_open(&plan, o->plan, operands->n ? operands->items[0] : NULL));
    bool all_assigned = true;
    NOI_TRY(cli_lookup_lines(&all_assigned, plan.plan, inquiry.as_of, o->json));
    *code = all_assigned ? 0 : 1;
    return NOI_OK;
}

/* The slip is written when there is one answer; the answer is shown all the same. */
static noi_status write_slip(const noi_plan *plan, const noi_verdict *v, noi_str asked,
                             const char *path) {
    if (!path || v->status != NOI_ASSIGNED)
        return NOI_OK;
    NOI_AUTO_BUF noi_buf page = {0};
    NOI_AUTO(noi_out_closep) noi_out *out = NULL;
    NOI_TRY(noi_slip_page(&page, plan, v, asked));
    NOI_TRY(noi_out_open_private(&out, path));
    NOI_TRY(noi_out_write(out, page.p, page.n));
    return noi_out_commit(out);
}

static noi_status answer(int *code, const options *o, const cli_operands *operands) {
    const char *registry = NULL, *text = NULL;
    noi_inquiry inquiry;
    NOI_TRY(sort_operands(&registry, &text, o, operands));
    NOI_TRY(parse_inquiry(&inquiry, o, text));
    const cli_output slip = {"--slip", o->slip, false};
    if (o->slip && o->reverse)
        return noi_fail(NOI_ERR_USAGE, _("a slip tells where an old address went: without --reverse"));
    NOI_TRY(cli_check_outputs(&slip, 1, (const char *const[]){registry, o->plan}, 2));
    NOI_AUTO(cli_plan_close) cli_plan plan = {0};
    NOI_TRY(cli_plan_open(&plan, o->plan, registry));
    if (o->point && !plan.plan->new_index) {
        noi_status status = noi_fail(NOI_ERR_INPUT, _("this plan has no boundary layer"));
        noi_hint(_("name a registry or --plan made after 'noi import REGISTRY layer FILE'"));
        return status;
    }
    /* new → old is asked about a unit of today */
    if (o->reverse && inquiry.as_of == NOI_DAY_NONE)
        inquiry.as_of = plan.plan->on;
    NOI_AUTO_BUF noi_buf decoded = {0};
    inquiry.text = cli_lookup_text(&decoded, plan.plan, inquiry.text);
    noi_verdict v;
    NOI_TRY(noi_inquire(&v, plan.plan, &inquiry));
    *code = v.status == NOI_ASSIGNED ? 0 : 1;
    NOI_TRY(write_slip(plan.plan, &v, inquiry.text, o->slip));
    if (o->reverse)
        *code = cli_lookup_reverse(plan.plan, &v, o->json, inquiry.text);
    else if (o->json)
        cli_lookup_json(plan.plan, &v, inquiry.text);
    else
        cli_lookup_people(plan.plan, &v, inquiry.text, false);
    return NOI_OK;
}

int cli_run_lookup(int argc, char **argv) {
    options o = {0};
    const cli_option table[] = {
        {.name = "--plan", .value = &o.plan},   {.name = "--code", .value = &o.code},
        {.name = "--as-of", .value = &o.as_of}, {.name = "--point", .value = &o.point},
        {.name = "--error", .value = &o.error}, {.name = "--json", .flag = &o.json},
        {.name = "--reverse", .flag = &o.reverse},
        {.name = "-i", .flag = &o.interactive}, {.name = "--slip", .value = &o.slip},
    };
    cli_operands operands;
    bool help = false;
    noi_status status = cli_parse(&operands, &help, "lookup", argc, argv, table,
                                  sizeof table / sizeof *table);
    if (help)
        return 0;
    int code = 0;
    bool lines = o.interactive || (operands.n == 0 && !o.code && !o.point);
    if (status == NOI_OK)
        status = lines ? answer_lines(&code, &o, &operands) : answer(&code, &o, &operands);
    return status == NOI_OK ? code : cli_fail(status);
}
