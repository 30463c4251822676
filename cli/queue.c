/* queue.c: `noi queue`: what waits for people, as an account and as a list to fill in. */
#include "cli/cli.h"
#include "cli/list.h"
#include "cli/outputs.h"

#include "base/i18n.h"
#include "exporters/xlsx.h"

#include <json-c/json.h>
#include <stdio.h>
#include <string.h>

typedef struct options {
    const char *registry, *unit, *kind, *reason, *officer, *assign, *out, *on;
    bool json;
} options;

static noi_status read_reason(int *out, const char *key) {
#define NOI_MATCH(name, value, text)                                                               \
    if (strcmp(key, text) == 0) {                                                                  \
        *out = value;                                                                              \
        return NOI_OK;                                                                             \
    }
    NOI_REASON_TABLE(NOI_MATCH)
#undef NOI_MATCH
    noi_status status = noi_fail(NOI_ERR_USAGE, _("'%s' is not a reason"), key);
    noi_hint(_("reasons stand in the account of 'noi queue'; for example split_unit or homonym"));
    return status;
}

static noi_status read_filter(noi_queue_filter *f, const options *o) {
    *f = (noi_queue_filter){.unit = noi_str_of(o->unit),
                            .officer = noi_str_of(o->officer),
                            .on = NOI_DAY_NONE};
    if (o->kind && !(f->kind = noi_record_kind_by_key(noi_str_of(o->kind)))) {
        noi_status status = noi_fail(NOI_ERR_USAGE, _("'%s' is not a kind of record"), o->kind);
        noi_hint(_("address, household, parcel or case"));
        return status;
    }
    if (o->reason)
        NOI_TRY(read_reason(&f->reason, o->reason));
    if (!o->on)
        return NOI_OK;
    f->on = noi_day_parse(noi_str_of(o->on));
    return f->on == NOI_DAY_NONE ? noi_fail(NOI_ERR_USAGE, _("'%s' is not a day"), o->on) : NOI_OK;
}

static noi_status assign(const options *o) {
    NOI_AUTO(noi_registry_closep) noi_registry *registry = NULL;
    NOI_AUTO(noi_arena_freep) noi_arena *arena = noi_arena_new();
    NOI_AUTO_FREE noi_officer *officers = NULL;
    size_t n = 0;
    NOI_TRY(cli_officers_read(&officers, &n, arena, o->assign));
    NOI_TRY(noi_registry_open(&registry, o->registry, NOI_OPEN_WRITE));
    return noi_officers_set(registry, officers, n);
}

static noi_status add_to_list(void *context, const noi_queue_item *item) {
    return cli_list_add(context, item);
}

/* ---- for people ------------------------------------------------------------------------------ */

static void show_group(const noi_queue_group *g) {
    printf("%9lld  %-7s %-9s  %s", (long long)g->n, *g->unit ? g->unit : "-",
           noi_record_kind_key(g->kind), noi_reason_key(g->reason));
    if (*g->queue)
        printf("  %s", g->queue);
    if (*g->officer)
        printf("  %s", g->officer);
    if (g->overdue)
        printf(_("  (%lld overdue)"), (long long)g->overdue);
    putchar('\n');
}

/* The load of each officer: groups are by unit first, so each name is summed up anew. */
static void show_loads(const noi_queue_account *a) {
    for (size_t i = 0; i < a->n_groups; i++) {
        const char *name = a->groups[i].officer;
        int64_t n = 0;
        bool seen = !*name;
        for (size_t k = 0; k < i && !seen; k++)
            seen = strcmp(a->groups[k].officer, name) == 0;
        for (size_t k = i; k < a->n_groups && !seen; k++)
            n += strcmp(a->groups[k].officer, name) == 0 ? a->groups[k].n : 0;
        if (!seen)
            printf(_("%s looks after %lld records\n"), name, (long long)n);
    }
}

static void show(const noi_queue_account *a, const options *o) {
    for (size_t i = 0; i < a->n_groups; i++)
        show_group(&a->groups[i]);
    printf(_("%lld records wait for people, of %lld that are not assigned and %lld in all\n"),
           (long long)a->waiting, (long long)a->unassigned, (long long)a->records);
    if (a->overdue)
        printf(_("%lld of them are overdue\n"), (long long)a->overdue);
    if (a->proposed)
        printf(_("%lld have a proposal\n"), (long long)a->proposed);
    if (a->taken_back)
        printf(_("%lld were taken back by an undo and wait for the next merge\n"),
               (long long)a->taken_back);
    show_loads(a);
    if (o->out)
        printf(_("list %s in %s; fill in its column 'decision', then: noi decide %s %s --by NAME\n"),
               a->list_id, o->out, o->registry, o->out);
}

/* ---- for machines ---------------------------------------------------------------------------- */

static void add_int(json_object *to, const char *key, int64_t value) {
    json_object_object_add(to, key, json_object_new_int64(value));
}

static void add_text(json_object *to, const char *key, const char *text) {
    json_object_object_add(to, key, *text ? json_object_new_string(text) : NULL);
}

static void show_json(const noi_queue_account *a) {
    json_object *all = json_object_new_object(), *groups = json_object_new_array();
    add_int(all, "waiting", a->waiting);
    add_int(all, "unassigned", a->unassigned);
    add_int(all, "records", a->records);
    add_int(all, "overdue", a->overdue);
    add_int(all, "proposed", a->proposed);
    add_int(all, "taken_back", a->taken_back);
    add_text(all, "list_id", a->list_id);
    for (size_t i = 0; i < a->n_groups; i++) {
        const noi_queue_group *g = &a->groups[i];
        json_object *one = json_object_new_object();
        add_text(one, "old_code", g->unit);
        add_text(one, "kind", noi_record_kind_key(g->kind));
        add_text(one, "reason", noi_reason_key(g->reason));
        add_text(one, "queue", g->queue);
        add_text(one, "officer", g->officer);
        add_int(one, "n", g->n);
        add_int(one, "overdue", g->overdue);
        json_object_array_add(groups, one);
    }
    json_object_object_add(all, "groups", groups);
    puts(json_object_to_json_string_ext(all, JSON_C_TO_STRING_PLAIN));
    json_object_put(all);
}

/* ---- the command ----------------------------------------------------------------------------- */

static noi_status walk(noi_queue_account *account, const options *o, const noi_queue_filter *f) {
    NOI_AUTO(noi_registry_closep) noi_registry *registry = NULL;
    NOI_AUTO(cli_list_closep) cli_list_out *list = NULL;
    NOI_TRY(noi_registry_open(&registry, o->registry, NOI_OPEN_READ));
    if (!o->out)
        return noi_queue_walk(account, registry, f, NULL, NULL);
    NOI_TRY(cli_list_create(&list, o->out));
    NOI_TRY(noi_queue_walk(account, registry, f, add_to_list, list));
    return cli_list_commit(list);
}

static noi_status run(const options *o) {
    noi_queue_filter filter;
    noi_queue_account account = {0};
    const cli_output outputs[] = {{"-o", o->out, false}};
    const char *const inputs[] = {o->registry, o->assign};
    NOI_TRY(read_filter(&filter, o));
    NOI_TRY(cli_check_outputs(outputs, 1, inputs, 2));
    if (o->assign)
        NOI_TRY(assign(o));
    noi_status status = walk(&account, o, &filter);
    if (status == NOI_OK && o->json)
        show_json(&account);
    else if (status == NOI_OK)
        show(&account, o);
    noi_queue_account_free(&account);
    return status;
}

int cli_run_queue(int argc, char **argv) {
    options o = {0};
    const cli_option table[] = {
        {.name = "--unit", .value = &o.unit},       {.name = "--kind", .value = &o.kind},
        {.name = "--reason", .value = &o.reason},   {.name = "--officer", .value = &o.officer},
        {.name = "--assign", .value = &o.assign},   {.name = "--on", .value = &o.on},
        {.name = "-o", .value = &o.out},            {.name = "--json", .flag = &o.json}};
    cli_operands operands;
    bool help = false;
    noi_status status =
        cli_parse(&operands, &help, "queue", argc, argv, table, sizeof table / sizeof *table);
    if (help)
        return 0;
    if (status == NOI_OK)
        status = cli_want_operands("queue", &operands, 1, 1);
    if (status == NOI_OK) {
        o.registry = operands.items[0];
        status = run(&o);
    }
    return status == NOI_OK ? 0 : cli_fail(status);
}
