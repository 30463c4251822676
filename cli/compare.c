/* compare.c: `noi compare`: the exports of two systems side by side. */
#include "cli/cli.h"
#include "cli/outputs.h"

#include "base/csv.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/progress.h"
#include "cutover/compare.h"
#include "importers/table.h"
#include "merge/compile.h"

#include <json-c/json.h>
#include <stdio.h>
#include <string.h>

typedef struct options {
    const char *a, *b, *key, *unit, *day, *plan, *out, *table, *encoding_a, *encoding_b;
    const char *maps[CLI_MAX_LIST], *statuses[CLI_MAX_LIST];
    size_t n_maps, n_statuses;
    bool json;
} options;

/* One file: where its key and fields stand. */
typedef struct side {
    const char *path, *names[NOI_COMPARE_MAX];
    noi_table *table;
    size_t key, columns[NOI_COMPARE_MAX], n;
    noi_buf cells; /* of one row, where they had to be decoded */
    int64_t bad;   /* rows that cannot be read */
} side;

typedef struct job {
    const options *o;
    side a, b;
    noi_compare_spec spec;
    noi_status_pair statuses[CLI_MAX_LIST];
    noi_buf plan_bytes, line;
    noi_plan *plan;
    noi_arena *arena;
    noi_out *out;
} job;

static void close_job(job *j) {
    noi_table_close(j->a.table);
    noi_table_close(j->b.table);
    noi_buf_free(&j->a.cells);
    noi_buf_free(&j->b.cells);
    noi_buf_free(&j->plan_bytes);
    noi_buf_free(&j->line);
    noi_plan_close(j->plan);
    noi_arena_free(j->arena);
    noi_out_close(j->out);
}

/* ---- options --------------------------------------------------------------------------------- */

static noi_status read_type(noi_compare_type *out, const char *word) {
    static const char *const words[] = {"text", "code", "day", "status", "number"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(word, words[i]) == 0) {
            *out = (noi_compare_type)i;
            return NOI_OK;
        }
    noi_status status = noi_fail(NOI_ERR_USAGE, _("'%s' is not a type of column"), word);
    noi_hint(_("text, code, day, status or number"));
    return status;
}

/* "MaDonVi=unit_code" → both; a name alone stands for both. */
static void split_pair(const char **a, const char **b, noi_arena *arena, const char *text,
                       size_t n) {
    const char *equal = memchr(text, '=', n);
    *a = noi_arena_strndup(arena, text, equal ? (size_t)(equal - text) : n);
    *b = equal ? noi_arena_strndup(arena, equal + 1, n - (size_t)(equal - text) - 1) : *a;
}

static noi_status read_map(job *j, const char *text) {
    const char *colon = strrchr(text, ':');
    size_t i = j->spec.n;
    if (i == NOI_COMPARE_MAX)
        return noi_fail(NOI_ERR_USAGE, _("at most %d columns are compared"), NOI_COMPARE_MAX);
    if (colon)
        NOI_TRY(read_type(&j->spec.types[i], colon + 1));
    split_pair(&j->a.names[i], &j->b.names[i], j->arena, text,
               colon ? (size_t)(colon - text) : strlen(text));
    j->spec.n++;
    return NOI_OK;
}

static noi_status find_field(int *out, const job *j, const char *name) {
    *out = -1;
    for (size_t i = 0; name && i < j->spec.n; i++)
        if (strcmp(j->a.names[i], name) == 0)
            *out = (int)i;
    if (!name || *out >= 0)
        return NOI_OK;
    noi_status status = noi_fail(NOI_ERR_USAGE, _("column %s is not compared"), name);
    noi_hint(_("--unit and --day name columns of the first file that a --map names too"));
    return status;
}

static noi_status read_options(job *j) {
    const options *o = j->o;
    j->arena = noi_arena_new();
    if (!o->key || !o->n_maps) {
        noi_status status = noi_fail(NOI_ERR_USAGE, _("noi compare needs --key and --map"));
        noi_hint(_("--key MaHoSo=case_code --map TrangThai=status:status"));
        return status;
    }
    for (size_t i = 0; i < o->n_maps; i++)
        NOI_TRY(read_map(j, o->maps[i]));
    for (size_t i = 0; i < o->n_statuses; i++) {
        const char *a, *b;
        split_pair(&a, &b, j->arena, o->statuses[i], strlen(o->statuses[i]));
        j->statuses[i] = (noi_status_pair){noi_str_of(a), noi_str_of(b)};
    }
    j->spec.statuses = j->statuses;
    j->spec.n_statuses = o->n_statuses;
    NOI_TRY(find_field(&j->spec.unit, j, o->unit));
    return find_field(&j->spec.day, j, o->day);
}

/* ---- files ----------------------------------------------------------------------------------- */

static noi_status find_column(size_t *out, const side *s, const char *name) {
    const noi_str *columns = noi_table_columns(s->table);
    size_t n = noi_table_n_columns(s->table);
    NOI_AUTO_BUF noi_buf all = {0};
    for (size_t i = 0; i < n; i++) {
        if (noi_str_is(columns[i], name)) {
            *out = i;
            return NOI_OK;
        }
        noi_buf_printf(&all, "%s%.*s", i ? ", " : "", NOI_STR_ARG(columns[i]));
    }
    noi_status status = noi_fail(NOI_ERR_INPUT, _("%s has no column '%s'"),
                                 noi_path_base(s->path), name);
    noi_hint(_("its columns: %s"), all.p ? all.p : "");
    return status;
}

static noi_status open_side(side *s, const char *path, const char *encoding, const char *key,
                            size_t n) {
    s->path = path;
    s->n = n;
    NOI_TRY(noi_table_open(&s->table, path, encoding, NULL));
    NOI_TRY(find_column(&s->key, s, key));
    for (size_t i = 0; i < n; i++)
        NOI_TRY(find_column(&s->columns[i], s, s->names[i]));
    return NOI_OK;
}

/* UTF-8 is taken as it is, so that a difference of form is seen; bytes that are no text stay bytes. */
static noi_str cell(side *s, const noi_table_row *row, size_t column) {
    noi_encoding encoding = noi_table_encoding(s->table);
    if (column >= row->n || !row->field[column].n)
        return (noi_str){"", 0};
    noi_str bytes = row->field[column];
    bool plain = encoding == NOI_ENCODING_UTF8 || encoding == NOI_ENCODING_UTF16LE ||
                 encoding == NOI_ENCODING_UTF16BE;
    size_t from = s->cells.n;
    if (plain || noi_text_to_utf8(&s->cells, bytes, encoding) != NOI_OK)
        return bytes;
    return (noi_str){s->cells.p + from, s->cells.n - from};
}

static noi_status read_row(noi_str *key, noi_str *fields, int64_t *line, bool *more, side *s) {
    noi_table_row row;
    for (;;) {
        NOI_TRY(noi_table_next(&row, more, s->table));
        if (!*more || row.defect == NOI_REJECT_NONE)
            break;
        s->bad++;
    }
    if (!*more)
        return NOI_OK;
    size_t need = 0; /* room first: cells must not move while views are taken */
    noi_buf_clear(&s->cells);
    for (size_t i = 0; i < row.n; i++)
        need += 4 * row.field[i].n + 16;
    NOI_GROW(s->cells.p, s->cells.capacity, need + 1);
    *line = row.line;
    *key = cell(s, &row, s->key);
    for (size_t i = 0; i < s->n; i++)
        fields[i] = cell(s, &row, s->columns[i]);
    return NOI_OK;
}

/* ---- the list of differences and the table --------------------------------------------------- */

static noi_status tell(void *context, const noi_difference *d) {
    job *j = context;
    if (!j->out)
        return NOI_OK;
    noi_buf_clear(&j->line);
    noi_csv_add_field(&j->line, d->key);
    noi_buf_add_char(&j->line, ',');
    if (d->line_a)
        noi_buf_printf(&j->line, "%lld", (long long)d->line_a);
    noi_buf_add_char(&j->line, ',');
    if (d->line_b)
        noi_buf_printf(&j->line, "%lld", (long long)d->line_b);
    noi_buf_add_char(&j->line, ',');
    if (d->field >= 0)
        noi_csv_add_field(&j->line, noi_str_of(j->a.names[d->field]));
    noi_buf_printf(&j->line, ",%s\n", noi_cause_key(d->cause));
    return noi_out_write(j->out, j->line.p, j->line.n);
}

static noi_status write_table(const noi_comparison *c, const char *path) {
    NOI_AUTO(noi_out_closep) noi_out *out = NULL;
    NOI_AUTO_BUF noi_buf line = {0};
    NOI_TRY(noi_out_open_private(&out, path));
    NOI_TRY(noi_out_printf(out, "unit,day,same,different,only_a,only_b\n"));
    for (size_t i = 0; i < c->n_lines; i++) {
        const noi_compare_line *l = &c->lines[i];
        noi_buf_clear(&line);
        noi_csv_add_field(&line, noi_str_of(l->unit));
        noi_buf_printf(&line, ",%s,%lld,%lld,%lld,%lld\n", l->day, (long long)l->same,
                       (long long)l->different, (long long)l->only_a, (long long)l->only_b);
        NOI_TRY(noi_out_write(out, line.p, line.n));
    }
    return noi_out_commit(out);
}

/* ---- showing --------------------------------------------------------------------------------- */

static void show(const noi_comparison *c, const job *j) {
    printf(_("%lld rows and %lld rows: %lld pairs, of which %lld are the same and %lld differ\n"),
           (long long)c->a, (long long)c->b, (long long)c->paired, (long long)c->same,
           (long long)c->different);
    printf(_("%lld only in the first, %lld only in the second\n"), (long long)c->only_a,
           (long long)c->only_b);
    if (c->doubles_a + c->doubles_b)
        printf(_("%lld and %lld rows repeat a key and were not compared\n"),
               (long long)c->doubles_a, (long long)c->doubles_b);
    int64_t lost_a = c->without_key_a + j->a.bad, lost_b = c->without_key_b + j->b.bad;
    if (lost_a + lost_b)
        printf(_("%lld and %lld rows have no key or cannot be read\n"), (long long)lost_a,
               (long long)lost_b);
    if (c->keys_written_differently)
        printf(_("%lld pairs write their key differently\n"),
               (long long)c->keys_written_differently);
    for (size_t i = 0; i < j->spec.n; i++)
        for (int cause = NOI_CAUSE_NONE + 1; cause < NOI_CAUSES; cause++) {
            if (!c->by[i][cause])
                continue;
            printf("%9lld  %s: %s:", (long long)c->by[i][cause], j->a.names[i],
                   noi_cause_words((noi_cause)cause));
            for (size_t k = 0; k < NOI_COMPARE_SAMPLES && c->samples[i][cause][k]; k++)
                printf(" %s", c->samples[i][cause][k]);
            putchar('\n');
        }
}

static void add_int(json_object *to, const char *key, int64_t value) {
    json_object_object_add(to, key, json_object_new_int64(value));
}

static json_object *cause_json(const noi_comparison *c, const job *j, size_t field, int cause) {
    json_object *one = json_object_new_object(), *samples = json_object_new_array();
    json_object_object_add(one, "column", json_object_new_string(j->a.names[field]));
    json_object_object_add(one, "cause", json_object_new_string(noi_cause_key((noi_cause)cause)));
    add_int(one, "n", c->by[field][cause]);
    for (size_t k = 0; k < NOI_COMPARE_SAMPLES && c->samples[field][cause][k]; k++)
        json_object_array_add(samples, json_object_new_string(c->samples[field][cause][k]));
    json_object_object_add(one, "keys", samples);
    return one;
}

static void show_json(const noi_comparison *c, const job *j) {
    json_object *all = json_object_new_object(), *causes = json_object_new_array();
    add_int(all, "rows_a", c->a + j->a.bad);
    add_int(all, "rows_b", c->b + j->b.bad);
    add_int(all, "paired", c->paired);
    add_int(all, "same", c->same);
    add_int(all, "different", c->different);
    add_int(all, "only_a", c->only_a);
    add_int(all, "only_b", c->only_b);
    add_int(all, "doubles_a", c->doubles_a);
    add_int(all, "doubles_b", c->doubles_b);
    add_int(all, "without_key_a", c->without_key_a);
    add_int(all, "without_key_b", c->without_key_b);
    add_int(all, "unreadable_a", j->a.bad);
    add_int(all, "unreadable_b", j->b.bad);
    add_int(all, "keys_written_differently", c->keys_written_differently);
    for (size_t i = 0; i < j->spec.n; i++)
        for (int cause = NOI_CAUSE_NONE + 1; cause < NOI_CAUSES; cause++)
            if (c->by[i][cause])
                json_object_array_add(causes, cause_json(c, j, i, cause));
    json_object_object_add(all, "causes", causes);
    puts(json_object_to_json_string_ext(all, JSON_C_TO_STRING_PLAIN));
    json_object_put(all);
}

/* ---- the command ----------------------------------------------------------------------------- */

static noi_status open_files(job *j) {
    const options *o = j->o;
    const char *key_a, *key_b;
    const cli_output outputs[] = {{"-o", o->out, false}, {"--table", o->table, false}};
    const char *const inputs[] = {o->a, o->b, o->plan};
    NOI_TRY(cli_check_outputs(outputs, 2, inputs, 3));
    split_pair(&key_a, &key_b, j->arena, o->key, strlen(o->key));
    NOI_TRY(open_side(&j->a, o->a, o->encoding_a, key_a, j->spec.n));
    NOI_TRY(open_side(&j->b, o->b, o->encoding_b, key_b, j->spec.n));
    if (o->plan)
        NOI_TRY(noi_plan_open(&j->plan, o->plan));
    else
        NOI_TRY(noi_plan_builtin(&j->plan, &j->plan_bytes));
    j->spec.plan = j->plan;
    if (!o->out)
        return NOI_OK;
    NOI_TRY(noi_out_open_private(&j->out, o->out));
    return noi_out_printf(j->out, "key,line_a,line_b,column,cause\n");
}

static noi_status stream(noi_compare *c, job *j) {
    noi_str key, fields[NOI_COMPARE_MAX];
    int64_t line = 0;
    for (bool more = true;;) {
        NOI_TRY(read_row(&key, fields, &line, &more, &j->a));
        if (!more)
            break;
        NOI_TRY(noi_compare_add_a(c, key, fields, line));
    }
    for (bool more = true;;) {
        NOI_TRY(read_row(&key, fields, &line, &more, &j->b));
        if (!more)
            return NOI_OK;
        NOI_TRY(noi_compare_add_b(c, key, fields, line, tell, j));
    }
}

static noi_status compare(bool *same, job *j) {
    NOI_AUTO(noi_compare_freep) noi_compare *c = NULL;
    const noi_comparison *result;
    NOI_TRY(read_options(j));
    NOI_TRY(open_files(j));
    c = noi_compare_new(&j->spec);
    NOI_TRY(stream(c, j));
    NOI_TRY(noi_compare_end(&result, c, tell, j));
    if (j->out)
        NOI_TRY(noi_out_commit(j->out));
    if (j->o->table)
        NOI_TRY(write_table(result, j->o->table));
    if (j->o->json)
        show_json(result, j);
    else
        show(result, j);
    *same = result->same == result->a && result->same == result->b && !j->a.bad && !j->b.bad;
    return NOI_OK;
}

int cli_run_compare(int argc, char **argv) {
    options o = {0};
    const cli_option table[] = {
        {.name = "--key", .value = &o.key},
        {.name = "--map", .list = o.maps, .n_list = &o.n_maps},
        {.name = "--status", .list = o.statuses, .n_list = &o.n_statuses},
        {.name = "--unit", .value = &o.unit},
        {.name = "--day", .value = &o.day},
        {.name = "--plan", .value = &o.plan},
        {.name = "-o", .value = &o.out},
        {.name = "--table", .value = &o.table},
        {.name = "--encoding-a", .value = &o.encoding_a},
        {.name = "--encoding-b", .value = &o.encoding_b},
        {.name = "--json", .flag = &o.json}};
    cli_operands operands;
    bool help = false, same = false;
    NOI_AUTO(close_job) job j = {.o = &o};
    noi_status status =
        cli_parse(&operands, &help, "compare", argc, argv, table, sizeof table / sizeof *table);
    if (help)
        return 0;
    if (status == NOI_OK)
        status = cli_want_operands("compare", &operands, 2, 2);
    if (status == NOI_OK) {
        o.a = operands.items[0];
        o.b = operands.items[1];
        status = compare(&same, &j);
    }
    if (status != NOI_OK)
        return cli_fail(status);
    return same ? 0 : 1;
}
