/*
 * locate.c: `noi locate`: the unit of each point of a CSV file. Rows pass through as they are, two
 * columns are put behind them; batches of rows are worked on by all processors and written in order.
 */
#include "cli/cli.h"

#include "base/csv.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/pipeline.h"
#include "base/progress.h"
#include "geo/crs.h"
#include "geo/index.h"
#include "importers/layer_file.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define DEFAULT_BORDER_LIMIT_M 1000.0
#define MAX_BORDER_LIMIT_M     100000.0
#define BATCH_ROWS             4096

typedef struct options {
    const char *layer, *layer_crs, *out, *crs, *border_limit, *points;
    const char *x_column, *y_column, *code_field; /* from --map */
    double limit_m;
} options;

/* What became of the rows. */
typedef struct tally {
    uint64_t rows, located, in_none, unusable;
    double min_x, min_y, max_x, max_y; /* of the usable coordinates, as given */
} tally;

typedef struct locate {
    options o;
    noi_layer *layer;
    noi_buf index_bytes;
    const noi_index *index;
    noi_map *map;
    noi_csv *csv;
    noi_out *out;
    int x_column, y_column;
    const char *line_end;
    noi_progress progress;
    tally total;
} locate;

typedef struct row {
    noi_str raw, x, y;
    size_t missing; /* columns of the header that the row lacks */
    bool sound;
} row;

typedef struct batch {
    row rows[BATCH_ROWS];
    double lon[BATCH_ROWS], lat[BATCH_ROWS];
    uint32_t unit[BATCH_ROWS];
    size_t n;
    noi_crs *crs; /* NULL: degrees already */
    noi_buf out;
    tally tally;
} batch;

static void locate_clear(locate *l) {
    noi_csv_close(l->csv);
    noi_map_close(l->map);
    noi_out_close(l->out);
    noi_layer_free(l->layer);
    noi_buf_free(&l->index_bytes);
}

/* ---- numbers ---- */

static const double power_of_ten[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                      1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                      1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/* The general case, through the C library. A comma counts as the decimal point when it is the only
 * one: files with semicolons between the fields write numbers so. */
static bool read_number_slowly(double *out, noi_str text) {
    char copy[64];
    if (text.n == 0 || text.n >= sizeof copy)
        return false;
    memcpy(copy, text.p, text.n);
    copy[text.n] = '\0';
    char *comma = strchr(copy, ',');
    if (comma && !strpbrk(comma + 1, ",.") && !memchr(copy, '.', (size_t)(comma - copy)))
        *comma = '.';
    if (strspn(copy, "+-.0123456789eE") != text.n)
        return false;
    char *end;
    double value = strtod(copy, &end);
    if (*end || !isfinite(value))
        return false;
    *out = value;
    return true;
}

/* Up to 15 digits and a point make two exact doubles whose quotient is rounded once: the same value
 * as strtod's, at a tenth of the time (W. D. Clinger, 1990). */
static bool read_number(double *out, noi_str text) {
    noi_str t = noi_str_trim(text);
    bool minus = t.n && t.p[0] == '-';
    uint64_t digits = 0;
    size_t n = 0, behind_point = 0;
    bool point = false;
    for (size_t i = minus; i < t.n; i++) {
        if (t.p[i] == '.' && !point) {
            point = true;
            continue;
        }
        if (t.p[i] < '0' || t.p[i] > '9' || ++n > 15)
            return read_number_slowly(out, t);
        digits = digits * 10 + (uint64_t)(t.p[i] - '0');
        behind_point += point;
    }
    if (!n)
        return false;
    double value = (double)digits / power_of_ten[behind_point];
    *out = minus ? -value : value;
    return true;
}

/* ---- the pipeline ---- */

static void *new_batch(void *context) {
    const locate *l = context;
    batch *b = noi_alloc_zero(1, sizeof *b);
    if (l->o.crs && noi_crs_open(&b->crs, l->o.crs) != NOI_OK)
        b->crs = NULL; /* opened once before, so this does not happen; `work` would complain */
    return b;
}

static void free_batch(void *context, void *of) {
    (void)context;
    batch *b = of;
    noi_crs_close(b->crs);
    noi_buf_free(&b->out);
    free(b);
}

/* A field that had doubled quotes lies in the reader's own buffer and is gone with the next row; no
 * number has any. */
static noi_str number_field(const noi_csv_row *r, int column) {
    if ((size_t)column >= r->n)
        return (noi_str){"", 0};
    noi_str f = r->field[column];
    bool inside = f.n && f.p >= r->raw.p && f.p + f.n <= r->raw.p + r->raw.n;
    return inside ? f : (noi_str){"", 0};
}

static noi_status read_batch(void *context, void *of, bool *more) {
    locate *l = context;
    batch *b = of;
    size_t from = noi_csv_position(l->csv);
    size_t n_columns = noi_csv_header(l->csv)->n;
    noi_csv_row r;
    for (b->n = 0; b->n < BATCH_ROWS && noi_csv_next(&r, l->csv); b->n++) {
        row *to = &b->rows[b->n];
        *to = (row){.raw = r.raw, .sound = r.defect == NOI_CSV_FINE && r.n <= n_columns};
        to->missing = to->sound ? n_columns - r.n : 0;
        to->x = to->sound ? number_field(&r, l->x_column) : (noi_str){"", 0};
        to->y = to->sound ? number_field(&r, l->y_column) : (noi_str){"", 0};
    }
    *more = b->n > 0;
    noi_progress_add(&l->progress, noi_csv_position(l->csv) - from);
    return NOI_OK;
}

static void take_bounds(tally *t, double x, double y) {
    bool first = t->rows == t->unusable;
    t->min_x = first ? x : fmin(t->min_x, x);
    t->max_x = first ? x : fmax(t->max_x, x);
    t->min_y = first ? y : fmin(t->min_y, y);
    t->max_y = first ? y : fmax(t->max_y, y);
}

static void read_points(batch *b) {
    for (size_t i = 0; i < b->n; i++) {
        double x = NAN, y = NAN;
        if (read_number(&x, b->rows[i].x) && read_number(&y, b->rows[i].y)) {
            take_bounds(&b->tally, x, y);
        } else {
            x = y = NAN;
            b->tally.unusable++;
        }
        b->tally.rows++;
        b->lon[i] = x;
        b->lat[i] = y;
    }
}

static void write_row(batch *b, const locate *l, size_t i) {
    const char delimiter = noi_csv_delimiter(l->csv);
    const row *r = &b->rows[i];
    noi_buf_add(&b->out, r->raw.p, r->raw.n);
    for (size_t j = 0; j <= r->missing; j++)
        noi_buf_add_char(&b->out, delimiter);
    bool inside = b->unit[i] != NOI_INDEX_NONE;
    if (inside)
        noi_csv_add_field(&b->out, noi_str_of(l->layer->features[b->unit[i]].code));
    b->tally.located += inside;
    b->tally.in_none += !inside && !isnan(b->lon[i]);
    noi_buf_add_char(&b->out, delimiter);
    double metres = isnan(b->lon[i]) ? INFINITY
                                     : noi_index_border_m(l->index, b->lon[i], b->lat[i],
                                                          l->o.limit_m);
    if (isfinite(metres))
        noi_buf_printf(&b->out, "%.1f", metres);
    noi_buf_add_str(&b->out, l->line_end);
}

static noi_status work_batch(void *context, void *of) {
    const locate *l = context;
    batch *b = of;
    if (l->o.crs && !b->crs)
        return noi_fail(NOI_ERR_INTERNAL, _("PROJ cannot open %s a second time"), l->o.crs);
    noi_buf_clear(&b->out);
    b->tally = (tally){0};
    read_points(b);
    if (b->crs)
        noi_crs_to_wgs84(b->crs, b->lon, b->lat, b->n);
    noi_index_locate_many(b->unit, l->index, b->lon, b->lat, b->n);
    for (size_t i = 0; i < b->n; i++)
        write_row(b, l, i);
    return NOI_OK;
}

static void add_tally(tally *to, const tally *t) {
    if (t->rows > t->unusable) {
        bool first = to->rows == to->unusable;
        to->min_x = first ? t->min_x : fmin(to->min_x, t->min_x);
        to->min_y = first ? t->min_y : fmin(to->min_y, t->min_y);
        to->max_x = first ? t->max_x : fmax(to->max_x, t->max_x);
        to->max_y = first ? t->max_y : fmax(to->max_y, t->max_y);
    }
    to->rows += t->rows;
    to->located += t->located;
    to->in_none += t->in_none;
    to->unusable += t->unusable;
}

static noi_status write_batch(void *context, void *of) {
    locate *l = context;
    batch *b = of;
    add_tally(&l->total, &b->tally);
    const row *last = &b->rows[b->n - 1];
    noi_map_done_with(l->map, (size_t)(last->raw.p + last->raw.n - noi_map_bytes(l->map).p));
    return noi_out_write(l->out, b->out.p, b->out.n);
}

/* ---- the layer ---- */

static noi_status check_codes(const noi_layer *layer) {
    for (uint32_t u = 0; u < layer->coverage->n_units; u++)
        if (layer->features[u].has_shape && !layer->features[u].code[0])
            return noi_fail_at(NOI_ERR_INPUT, layer->name, layer->features[u].line,
                               _("the area has no code, so its points could not be told from "
                                 "points in no unit"));
    return NOI_OK;
}

static noi_status open_layer(locate *l) {
    noi_layer_options how = {.crs = l->o.layer_crs,
                             .code_field = l->o.code_field,
                             .crs_option = "--layer-crs"};
    NOI_TRY(noi_layer_file_read(&l->layer, l->o.layer, &how));
    NOI_TRY(check_codes(l->layer));
    NOI_TRY(noi_index_build(&l->index_bytes, l->layer->coverage));
    return noi_index_attach(&l->index, l->index_bytes.p, l->index_bytes.n);
}

/* ---- the points ---- */

static int first_column(const noi_csv *csv, const char *const *names) {
    int column = -1;
    for (size_t i = 0; names[i] && column < 0; i++)
        column = noi_csv_column(csv, names[i]);
    return column;
}

static noi_status no_columns(const locate *l, const char *x, const char *y) {
    NOI_AUTO_BUF noi_buf names = {0};
    const noi_csv_row *header = noi_csv_header(l->csv);
    for (size_t i = 0; i < header->n && i < 24; i++)
        noi_buf_printf(&names, "%s%.*s", i ? ", " : "", NOI_STR_ARG(header->field[i]));
    noi_status status = noi_fail_at(NOI_ERR_INPUT, noi_path_base(l->o.points), 1,
                                    _("there are no columns %s and %s"), x, y);
    noi_hint(_("name them with --map %s=COLUMN --map %s=COLUMN; the file's columns: %s"), x, y,
             names.p);
    return status;
}

static noi_status find_columns(locate *l) {
    static const char *const lon[] = {"lon", "lng", "longitude", NULL};
    static const char *const lat[] = {"lat", "latitude", NULL};
    static const char *const x[] = {"x", "lon", "lng", "longitude", NULL};
    static const char *const y[] = {"y", "lat", "latitude", NULL};
    const char *const named_x[] = {l->o.x_column, NULL}, *const named_y[] = {l->o.y_column, NULL};
    l->x_column = first_column(l->csv, l->o.x_column ? named_x : l->o.crs ? x : lon);
    l->y_column = first_column(l->csv, l->o.y_column ? named_y : l->o.crs ? y : lat);
    if (l->x_column < 0 || l->y_column < 0)
        return l->o.crs ? no_columns(l, "x", "y") : no_columns(l, "lon", "lat");
    if (noi_csv_column(l->csv, "noi_code") >= 0 || noi_csv_column(l->csv, "noi_border_m") >= 0)
        return noi_fail_at(NOI_ERR_INPUT, noi_path_base(l->o.points), 1,
                           _("there is a column noi_code or noi_border_m already"));
    return NOI_OK;
}

static noi_status open_points(locate *l) {
    NOI_TRY(noi_map_open(&l->map, l->o.points));
    NOI_TRY(noi_csv_open_bytes(&l->csv, noi_path_base(l->o.points), noi_map_bytes(l->map)));
    NOI_TRY(find_columns(l));
    if (!l->o.crs)
        return NOI_OK;
    NOI_AUTO(noi_crs_closep) noi_crs *crs = NULL;
    return noi_crs_open(&crs, l->o.crs);
}

/* The header, with what stood before it (a byte order mark) and its kind of line end. */
static noi_status write_header(locate *l) {
    noi_str all = noi_map_bytes(l->map), header = noi_csv_header(l->csv)->raw;
    size_t end = (size_t)(header.p - all.p) + header.n;
    l->line_end = end < all.n && all.p[end] == '\r' ? "\r\n" : "\n";
    char delimiter = noi_csv_delimiter(l->csv);
    NOI_TRY(noi_out_write(l->out, all.p, end));
    return noi_out_printf(l->out, "%cnoi_code%cnoi_border_m%s", delimiter, delimiter, l->line_end);
}

static noi_status run(locate *l) {
    NOI_TRY(open_points(l));
    NOI_TRY(open_layer(l));
    NOI_TRY(noi_refuse_overwrite(l->o.out, l->o.points));
    NOI_TRY(noi_refuse_overwrite(l->o.out, l->o.layer));
    NOI_TRY(noi_out_open_private(&l->out, l->o.out));
    NOI_TRY(write_header(l));
    l->progress = noi_progress_begin(_("points"), noi_csv_size(l->csv));
    const noi_pipeline pipeline = {.context = l,
                                   .new_batch = new_batch,
                                   .free_batch = free_batch,
                                   .read = read_batch,
                                   .work = work_batch,
                                   .write = write_batch};
    noi_status status = noi_pipeline_run(&pipeline);
    noi_progress_end(&l->progress);
    NOI_TRY(status);
    return noi_out_commit(l->out);
}

/* ---- the command ---- */

static noi_status take_map(options *o, const char *map) {
    const char *equals = strchr(map, '=');
    size_t n = equals ? (size_t)(equals - map) : 0;
    noi_str field = {map, n};
    if (noi_str_is(field, "lon") || noi_str_is(field, "x"))
        o->x_column = equals + 1;
    else if (noi_str_is(field, "lat") || noi_str_is(field, "y"))
        o->y_column = equals + 1;
    else if (noi_str_is(field, "code"))
        o->code_field = equals + 1;
    else
        return noi_fail(NOI_ERR_USAGE,
                        _("--map %s is not understood: it takes lon, lat, x, y or code and a name, "
                          "as in lon=KINH_DO"),
                        map);
    return NOI_OK;
}

static noi_status check_options(options *o) {
    if (!o->layer || !o->out) {
        noi_status status = noi_fail(NOI_ERR_USAGE, _("noi locate needs --layer and -o"));
        noi_hint("noi locate --layer LAYER POINTS.csv -o OUT.csv");
        return status;
    }
    o->limit_m = DEFAULT_BORDER_LIMIT_M;
    if (o->border_limit && (!read_number(&o->limit_m, noi_str_of(o->border_limit)) ||
                            !(o->limit_m >= 0 && o->limit_m <= MAX_BORDER_LIMIT_M)))
        return noi_fail(NOI_ERR_USAGE, _("--border-limit takes 0 to %g metres, not '%s'"),
                        MAX_BORDER_LIMIT_M, o->border_limit);
    return NOI_OK;
}

static noi_status read_arguments(options *o, bool *help, int argc, char **argv) {
    const char *maps[CLI_MAX_LIST];
    size_t n_maps = 0;
    const cli_option table[] = {
        {.name = "--layer", .value = &o->layer},
        {.name = "--layer-crs", .value = &o->layer_crs},
        {.name = "-o", .value = &o->out},
        {.name = "--crs", .value = &o->crs},
        {.name = "--border-limit", .value = &o->border_limit},
        {.name = "--map", .list = maps, .n_list = &n_maps},
    };
    cli_operands operands;
    NOI_TRY(cli_parse(&operands, help, "locate", argc, argv, table, sizeof table / sizeof *table));
    if (*help)
        return NOI_OK;
    NOI_TRY(cli_want_operands("locate", &operands, 1, 1));
    o->points = operands.items[0];
    for (size_t i = 0; i < n_maps; i++)
        NOI_TRY(take_map(o, maps[i]));
    return check_options(o);
}

/* When nothing was found the coordinates are most likely something else than they were taken for. */
static void print_guess(const locate *l) {
    const tally *t = &l->total;
    noi_crs_guess guess = noi_crs_guess_from(t->min_x, t->min_y, t->max_x, t->max_y);
    if (guess.definition && guess.swapped)
        fprintf(stderr,
                _("%s: the numbers look like %s with the two columns exchanged: give them with "
                  "--map\n"),
                _("hint"), guess.definition);
    else if (guess.definition)
        fprintf(stderr, _("%s: the numbers look like %s\n"), _("hint"), guess.definition);
}

int cli_run_locate(int argc, char **argv) {
    NOI_AUTO(locate_clear) locate l = {0};
    bool help = false;
    noi_status status = read_arguments(&l.o, &help, argc, argv);
    if (status == NOI_OK && help)
        return 0;
    if (status == NOI_OK)
        status = run(&l);
    if (status != NOI_OK)
        return cli_fail(status);
    const tally *t = &l.total;
    fprintf(stderr,
            _("%llu points: %llu in a unit, %llu in none, %llu without usable coordinates\n"),
            (unsigned long long)t->rows, (unsigned long long)t->located,
            (unsigned long long)t->in_none, (unsigned long long)t->unusable);
    if (t->rows == 0 || t->located > 0)
        return 0;
    if (t->in_none > 0)
        print_guess(&l);
    return 1;
}
