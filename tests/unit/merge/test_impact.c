/* Plan: two layers that are alike move nobody, and both accounts are those of a dry run; a shifted
 * border moves exactly the records whose verdicts differ between two whole merges, kind by kind;
 * each of them is told once, in order, with its key and place; a border within a point's error is a
 * question more; in = out in both accounts; not a byte of the registry changes; codes that were not in
 * force are counted; layers of different days, of a third day, and a registry without a crosswalk
 * are refused, naming the days; the day of a layer is told by its codes, its names and by how many of
 * the units it draws. */
#include "testing.h"

#include "merge/impact.h"
#include "merge/layer_day.h"
#include "unit/merge/drawn_registry.h"
#include "unit/scratch.h"

/* ---- drawn layers ---- */

static noi_layer *new_layer(const char *name) {
    noi_layer *layer = noi_layer_new();
    layer->name = noi_strdup(name);
    layer->features = noi_alloc_zero(8, sizeof *layer->features);
    return layer;
}

static void add_area(noi_layer *layer, const char *code, const char *name, const double *xy,
                     size_t n) {
    noi_layer_feature *f = &layer->features[layer->coverage->n_units];
    *f = (noi_layer_feature){.line = layer->coverage->n_units + 1, .code = code, .name = name,
                             .kind = "", .area_km2 = 0, .population = -1, .has_shape = n > 0};
    noi_coverage_add_unit(layer->coverage, noi_code_parse(code, strlen(code)));
    if (!n)
        return;
    noi_coverage_add_polygon(layer->coverage);
    noi_coverage_add_ring(layer->coverage, xy, n);
}

/* E and F of the drawing, with the border down the middle of D at `middle` (106.1 in the registry). */
static noi_layer *new_side(const char *name, double middle, const char *code_f) {
    const double e[] = {106, 10, middle, 10, middle, 10.1, 106.4, 10.1, 106.4, 10.2, 106, 10.2};
    const double f[] = {middle, 10, 106.4, 10, 106.4, 10.1, middle, 10.1};
    noi_layer *layer = new_layer(name);
    add_area(layer, "10002", "", e, 6);
    add_area(layer, code_f, "", f, 4);
    return layer;
}

static noi_layer *old_side(const char *name) {
    noi_layer *layer = new_layer(name);
    for (int i = 0; i < 4; i++) {
        static const char *const codes[] = {"10001", "10002", "10003", "10004"};
        double x = 106 + 0.2 * (i % 2), y = 10 + 0.1 * (i / 2);
        const double xy[] = {x, y, x + 0.2, y, x + 0.2, y + 0.1, x, y + 0.1};
        add_area(layer, codes[i], "", xy, 4);
    }
    return layer;
}

/* ---- what is told ---- */

typedef struct told {
    size_t n, n_named, n_placed;
    noi_record_kind last;
    noi_code from, to;
    bool in_order;
    double lon;
} told;

static noi_status take(void *context, noi_record_kind kind, noi_str key, noi_code from, noi_code to,
                       double lon, double lat) {
    static const char letter[] = " AHPC";
    told *t = context;
    t->in_order = t->in_order && kind >= t->last;
    t->last = kind;
    t->n++;
    t->n_named += key.n > 1 && key.p[0] == letter[kind];
    t->n_placed += lat == 10.05 && (lon == 106.05 || lon == 106.15);
    t->from = from;
    t->to = to;
    t->lon = lon;
    return NOI_OK;
}

static noi_impact *judge(const noi_layer *before, const noi_layer *after, told *t) {
    NOI_AUTO(noi_registry_closep) noi_registry *r = NULL;
    noi_impact *impact = NULL;
    *t = (told){.in_order = true, .last = NOI_RECORD_ADDRESS};
    assert_int_equal(noi_registry_open(&r, path, NOI_OPEN_READ), NOI_OK);
    noi_status status = noi_impact_judge(&impact, r, before, after, take, t);
    if (status != NOI_OK)
        print_message("%s\n", noi_error_message());
    assert_int_equal(status, NOI_OK);
    return impact;
}

static void assert_account(const noi_account *a) {
    for (int kind = 0; kind < NOI_RECORD_KINDS; kind++)
        assert_int_equal(a->in[kind], a->assigned[kind] + a->ambiguous[kind] + a->unplaced[kind]);
}

static void dry_run(noi_account *out) {
    NOI_AUTO_BUF noi_buf bytes = {0};
    noi_plan *plan = NULL;
    drawn_plan(&bytes, &plan, path);
    assert_int_equal(drawn_merge(out, path, plan, &(noi_merge_options){.dry_run = true}), NOI_OK);
    noi_plan_close(plan);
}

/* ---- facts ---- */

static void alike_layers_move_nobody(void **state) {
    (void)state;
    told t;
    noi_account merged;
    drawn_registry(path, 210);
    NOI_AUTO(noi_layer_freep) noi_layer *a = new_side("a", 106.1, "10003");
    NOI_AUTO(noi_impact_freep) noi_impact *impact = judge(a, a, &t);
    dry_run(&merged);
    assert_int_equal(impact->n_rows, 0);
    assert_int_equal(impact->near[0], 0);
    assert_int_equal(t.n, 0);
    assert_int_equal(impact->day, noi_day_from_ymd(2025, 7, 1));
    assert_int_equal(impact->unknown_before + impact->unknown_after, 0);
    assert_memory_equal(&impact->before, &merged, sizeof merged);
    assert_memory_equal(&impact->after, &merged, sizeof merged);
}

static void merge_whole(const char *registry) {
    NOI_AUTO_BUF noi_buf bytes = {0};
    noi_plan *plan = NULL;
    noi_account a;
    drawn_plan(&bytes, &plan, registry);
    assert_int_equal(drawn_merge(&a, registry, plan, &(noi_merge_options){0}), NOI_OK);
    noi_plan_close(plan);
}

/* How many records of a kind go from one outcome to the other between two merged registries. */
static int64_t differing(int kind, noi_code from, noi_code to) {
    char sql[1024], a[8], b[8];
    const char *outcome = "CASE %s.status WHEN 1 THEN (SELECT code FROM %s.unit u WHERE u.id = "
                          "%s.new_unit) WHEN 2 THEN '0' ELSE '1' END";
    char before[256], after[256];
    snprintf(before, sizeof before, outcome, "v", "main", "v");
    snprintf(after, sizeof after, outcome, "w", "main", "w");
    snprintf(sql, sizeof sql,
             "SELECT count(*) FROM verdict v JOIN twin w ON w.kind = v.kind AND w.record_id = "
             "v.record_id WHERE v.kind = %d AND %s = '%s' AND %s = '%s'",
             kind, before, from > 1 ? noi_code_format(a, from) : from ? "1" : "0", after,
             to > 1 ? noi_code_format(b, to) : to ? "1" : "0");
    return drawn_number(path, sql);
}

/* The registry with the shifted layer, merged whole; its verdicts stand in `twin` of the first. */
static void merge_twin(double middle) {
    char layer[1024], sql[512];
    snprintf(layer, sizeof layer,
             "{\"type\":\"FeatureCollection\",\"features\":["
             "{\"type\":\"Feature\",\"properties\":{\"code\":\"10002\"},\"geometry\":{\"type\":"
             "\"Polygon\",\"coordinates\":[[[106,10],[%.9f,10],[%.9f,10.1],[106.4,10.1],[106.4,10.2],"
             "[106,10.2],[106,10]]]}},{\"type\":\"Feature\",\"properties\":{\"code\":\"10003\"},"
             "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[%.9f,10],[106.4,10],[106.4,10.1],"
             "[%.9f,10.1],[%.9f,10]]]}}]}",
             middle, middle, middle, middle, middle);
    drawn_registry(other, 0);
    drawn_sql(other, "DELETE FROM layer_unit; DELETE FROM layer");
    drawn_import(other, NOI_IMPORT_LAYER, "shifted.geojson", noi_str_of(layer), "2025-07-01");
    drawn_records(other, 210);
    merge_whole(path);
    merge_whole(other);
    snprintf(sql, sizeof sql,
             "ATTACH '%s' AS o; CREATE TABLE twin AS SELECT kind, record_id, status, new_unit FROM "
             "o.verdict",
             other);
    drawn_sql(path, sql);
}

static void assert_as_two_merges(double middle) {
    told t;
    int64_t told_in_all = 0;
    drawn_registry(path, 210);
    NOI_AUTO(noi_layer_freep) noi_layer *a = new_side("a", 106.1, "10003");
    NOI_AUTO(noi_layer_freep) noi_layer *b = new_side("b", middle, "10003");
    NOI_AUTO(noi_impact_freep) noi_impact *impact = judge(a, b, &t);
    assert_true(impact->n_rows > 0);
    assert_account(&impact->before);
    assert_account(&impact->after);
    merge_twin(middle);
    for (size_t i = 0; i < impact->n_rows; i++) {
        const noi_impact_row *row = &impact->rows[i];
        int64_t sum = 0;
        for (int kind = 1; kind < NOI_RECORD_KINDS; kind++) {
            assert_int_equal(row->records[kind], differing(kind, row->from, row->to));
            sum += row->records[kind];
        }
        assert_int_equal(row->records[0], sum);
        assert_true(i == 0 || row->records[0] <= impact->rows[i - 1].records[0]);
        told_in_all += sum;
    }
    assert_int_equal(told_in_all,
                     drawn_number(path, "SELECT count(*) FROM verdict v JOIN twin w ON w.kind = "
                                        "v.kind AND w.record_id = v.record_id WHERE w.status <> "
                                        "v.status OR w.new_unit IS NOT v.new_unit"));
    assert_int_equal(t.n, told_in_all);
    assert_int_equal(t.n_named, t.n);
    assert_int_equal(t.n_placed, t.n);
    assert_true(t.in_order);
    assert_int_equal(impact->after.in[0], impact->before.in[0]);
}

/* Points stand at 106.05 and 106.15; the border goes from 106.1 beyond the second. */
static void a_shifted_border_moves_what_two_merges_tell_apart(void **state) {
    (void)state;
    assert_as_two_merges(106.17);
    told t;
    drawn_registry(path, 210);
    NOI_AUTO(noi_layer_freep) noi_layer *a = new_side("a", 106.1, "10003");
    NOI_AUTO(noi_layer_freep) noi_layer *b = new_side("b", 106.17, "10003");
    NOI_AUTO(noi_impact_freep) noi_impact *impact = judge(a, b, &t);
    assert_int_equal(impact->rows[0].from, noi_code_parse("10003", 5));
    assert_int_equal(impact->rows[0].to, noi_code_parse("10002", 5));
    assert_int_equal(impact->rows[0].records[NOI_RECORD_ADDRESS], 14);
    assert_true(impact->rows[0].records[NOI_RECORD_HOUSEHOLD] > 0);
}

/* 106.15002 is two metres from the points, whose error is five. */
static void a_border_within_the_error_is_a_question_more(void **state) {
    (void)state;
    assert_as_two_merges(106.15002);
    told t;
    drawn_registry(path, 210);
    NOI_AUTO(noi_layer_freep) noi_layer *a = new_side("a", 106.1, "10003");
    NOI_AUTO(noi_layer_freep) noi_layer *b = new_side("b", 106.15002, "10003");
    NOI_AUTO(noi_impact_freep) noi_impact *impact = judge(a, b, &t);
    assert_int_equal(impact->rows[0].from, noi_code_parse("10003", 5));
    assert_int_equal(impact->rows[0].to, NOI_IMPACT_ASKED);
    assert_int_equal(impact->after.ambiguous[0], impact->before.ambiguous[0] + t.n);
    NOI_AUTO(noi_impact_freep) noi_impact *back = judge(b, a, &t);
    assert_int_equal(back->rows[0].from, NOI_IMPACT_ASKED);
    assert_int_equal(back->n_rows, impact->n_rows);
}

static void read_all(noi_buf *out) {
    char block[65536];
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    for (size_t n; (n = fread(block, 1, sizeof block, f)) > 0;)
        noi_buf_add(out, block, n);
    fclose(f);
}

static void no_byte_of_the_registry_changes(void **state) {
    (void)state;
    told t;
    NOI_AUTO_BUF noi_buf before = {0}, after = {0};
    drawn_registry(path, 50);
    read_all(&before);
    NOI_AUTO(noi_layer_freep) noi_layer *a = new_side("a", 106.1, "10003");
    NOI_AUTO(noi_layer_freep) noi_layer *b = new_side("b", 106.17, "10003");
    noi_impact_free(judge(a, b, &t));
    read_all(&after);
    assert_int_equal(before.n, after.n);
    assert_memory_equal(before.p, after.p, after.n);
}

static void the_old_side_may_be_compared_too(void **state) {
    (void)state;
    told t;
    drawn_registry(path, 210);
    NOI_AUTO(noi_layer_freep) noi_layer *a = old_side("a");
    NOI_AUTO(noi_impact_freep) noi_impact *impact = judge(a, a, &t);
    assert_int_equal(impact->day, noi_day_from_ymd(2025, 6, 30));
    assert_int_equal(impact->n_rows, 0);
    assert_account(&impact->before);
}

static void unknown_codes_are_counted(void **state) {
    (void)state;
    told t;
    drawn_registry(path, 210);
    NOI_AUTO(noi_layer_freep) noi_layer *a = new_side("a", 106.1, "10003");
    NOI_AUTO(noi_layer_freep) noi_layer *b = new_side("b", 106.1, "10003");
    const double xy[] = {106.4, 10, 106.5, 10, 106.5, 10.2};
    add_area(b, "77777", "", xy, 3);
    NOI_AUTO(noi_impact_freep) noi_impact *impact = judge(a, b, &t);
    assert_int_equal(impact->unknown_before, 0);
    assert_int_equal(impact->unknown_after, 1);
    assert_int_equal(impact->n_rows, 0);
}

static void assert_refused(const noi_layer *a, const noi_layer *b, const char *says,
                           const char *hint) {
    NOI_AUTO(noi_registry_closep) noi_registry *r = NULL;
    noi_impact *impact = NULL;
    assert_int_equal(noi_registry_open(&r, path, NOI_OPEN_READ), NOI_OK);
    assert_int_equal(noi_impact_judge(&impact, r, a, b, NULL, NULL), NOI_ERR_INPUT);
    assert_null(impact);
    if (!strstr(noi_error_message(), says) || !strstr(noi_error_hint(), hint))
        fail_msg("'%s', hint '%s'", noi_error_message(), noi_error_hint());
}

static void layers_of_other_days_are_refused(void **state) {
    (void)state;
    drawn_registry(path, 10);
    NOI_AUTO(noi_layer_freep) noi_layer *a = new_side("cities_new", 106.1, "10003");
    NOI_AUTO(noi_layer_freep) noi_layer *b = old_side("cities_old");
    assert_refused(a, b, "the old one (cities_new) those of 2025-07-01, the new one (cities_old) "
                   "those of 2025-06-30", "noi check");
    NOI_AUTO(noi_layer_freep) noi_layer *c = new_layer("nowhere");
    const double xy[] = {106.4, 10, 106.5, 10, 106.5, 10.2};
    add_area(c, "77777", "", xy, 3);
    assert_refused(a, c, "the new layer (nowhere): most of its codes", "2025-06-30");
    drawn_sql(path, "INSERT INTO unit (code, kind, name, province_code, province_name, valid_from, "
                    "valid_to, source_id, source_line) SELECT '7777' || id, kind, 'Xưa ' || id, province_code, "
                    "province_name, '2010-01-01', '2011-01-01', source_id, 90 + id FROM unit WHERE id < 4");
    NOI_AUTO(noi_layer_freep) noi_layer *d = new_layer("ancient");
    for (int i = 1; i < 4; i++) {
        static const char *const codes[] = {"", "77771", "77772", "77773"};
        add_area(d, codes[i], "", xy, 3);
    }
    assert_refused(d, d, "the old layer (ancient) draws the units of 2010-12-31, but the reform is of 2025-07-01",
                   "2025-06-30");
}

static void a_registry_without_crosswalk_is_refused(void **state) {
    (void)state;
    drawn_registry(path, 0);
    drawn_sql(path, "DELETE FROM edge");
    NOI_AUTO(noi_layer_freep) noi_layer *a = new_side("a", 106.1, "10003");
    assert_refused(a, a, "holds no crosswalk", "noi import");
}

/* Both sides know the codes 10002 and 10003; before the reform they bore other names. */
static void names_tell_the_day_where_codes_do_not(void **state) {
    (void)state;
    NOI_AUTO(noi_registry_closep) noi_registry *r = NULL;
    NOI_AUTO(noi_unit_list_freep) noi_unit_list *units = NULL;
    drawn_registry(path, 0);
    assert_int_equal(noi_registry_open(&r, path, NOI_OPEN_READ), NOI_OK);
    assert_int_equal(noi_unit_list_load(&units, r, NOI_DAY_NONE), NOI_OK);
    noi_day on = noi_day_from_ymd(2025, 7, 1);
    NOI_AUTO(noi_layer_freep) noi_layer *one = new_layer("one");
    const double xy[] = {106, 10, 106.1, 10, 106.1, 10.1};
    add_area(one, "10002", "Phường Bình Yên", xy, 3);
    assert_int_equal(noi_layer_day(one, units, on), on - 1);
    one->features[0].name = "Êm Đềm";
    assert_int_equal(noi_layer_day(one, units, on), on);
    one->features[0].name = "";
    assert_int_equal(noi_layer_day(one, units, on), on);
}

#define T(fact) cmocka_unit_test_setup_teardown(fact, make_folder, remove_folder)
NOI_TEST_MAIN(T(alike_layers_move_nobody), T(a_shifted_border_moves_what_two_merges_tell_apart),
              T(a_border_within_the_error_is_a_question_more), T(no_byte_of_the_registry_changes),
              T(the_old_side_may_be_compared_too), T(unknown_codes_are_counted),
              T(layers_of_other_days_are_refused), T(a_registry_without_crosswalk_is_refused),
              T(names_tell_the_day_where_codes_do_not))
