/* generate.c: all files of a rehearsal; see generate.h. */
#include "rehearsal/generate.h"

#include "address/text.h"
#include "base/embed.h"
#include "base/file.h"
#include "base/progress.h"
#include "geo/crs.h"
#include "rehearsal/draft.h"
#include "rehearsal/layers.h"
#include "rehearsal/rows.h"

#include <math.h>
#include <pthread.h>
#include <string.h>

const noi_input_file noi_input_files[] = {
    {.kind = "units", .name = "units-old.csv", .as_of = "2025-06-30"},
    {.kind = "units", .name = "units-new.csv", .as_of = "2025-07-01"},
    {.kind = "aliases", .name = "aliases-2024.csv"},
    {.kind = "district-aliases", .name = "district-aliases.csv"},
    {.kind = "crosswalk", .name = "crosswalk.csv", .as_of = "2025-07-01"},
    {.kind = "layer", .name = "synthetic-old.gpkg", .as_of = "2025-06-30", .synthetic = true},
    {.kind = "layer", .name = "synthetic-new.gpkg", .as_of = "2025-07-01", .synthetic = true},
    {.kind = "addresses", .name = "addresses.csv", .as_of = "2025-06-30"},
    {.kind = "addresses", .name = "addresses-nfd.csv", .as_of = "2025-06-30"},
    {.kind = "addresses", .name = "addresses-tcvn3.csv", .as_of = "2025-06-30", .said = "tcvn3"},
    {.kind = "addresses",
     .name = "addresses-vni.csv",
     .as_of = "2025-06-30",
     .said = "vni",
     .map = {"id=MaDiaChi", "text=DiaChi", "old_code=MaXa"}},
    {.kind = "addresses", .name = "addresses-cp1258.csv", .as_of = "2025-06-30", .said = "cp1258"},
    {.kind = "addresses", .name = "addresses-utf16.csv", .as_of = "2025-06-30"},
    {.kind = "addresses",
     .name = "addresses-vn2000.csv",
     .as_of = "2025-06-30",
     .crs = "EPSG:9210"},
    {.kind = "addresses", .name = "addresses-2024.csv", .as_of = "2024-12-31"},
    {.kind = "addresses", .name = "addresses-new.csv", .as_of = "2025-07-01"},
    {.kind = "households", .name = "households.csv", .as_of = "2025-06-30"},
    {.kind = "members", .name = "members.csv"},
    {.kind = "parcels", .name = "parcels.csv", .as_of = "2025-06-30"},
    {.kind = "procedures", .name = "procedures.csv"},
    {.kind = "offices", .name = "offices.csv"},
    {.kind = "cases", .name = "cases.csv", .as_of = "2025-06-30"},
    {.kind = "reports", .name = "reports.csv", .as_of = "2025-06-30"},
    {.kind = "documents", .name = "documents.csv", .as_of = "2025-06-30"},
    {.kind = "accounts", .name = "accounts.csv", .as_of = "2025-06-30"},
    {.kind = NULL}};

const noi_input_file noi_later_cases = {
    .kind = "cases", .name = "later-cases.csv", .as_of = "2025-12-26"};

static bool is_side_file(noi_address_file *file, const char *name);

bool noi_input_takes_part(const noi_city *city, const noi_input_file *file) {
    const noi_recipe *r = &city->recipe;
    const struct {
        const char *kind;
        uint64_t rows;
    } systems[] = {{"households", r->households},
                   {"members", r->households * r->members_per_thousand},
                   {"parcels", r->parcels},
                   {"cases", r->cases},
                   {"reports", r->reports},
                   {"documents", r->documents},
                   {"accounts", r->accounts}};
    for (size_t i = 0; i < sizeof systems / sizeof *systems; i++)
        if (strcmp(file->kind, systems[i].kind) == 0)
            return systems[i].rows > 0;
    noi_address_file side;
    if (is_side_file(&side, file->name))
        return noi_city_has_file(city, side);
    bool of_the_south = strcmp(file->kind, "aliases") == 0 || strcmp(file->kind, "district-aliases") == 0;
    return !of_the_south || city->tables->world == NOI_WORLD_SAIGON;
}

const char *noi_truth_file(noi_record_kind kind) {
    static const char *const files[NOI_RECORD_KINDS] = {
        "", "truth/addresses.csv", "truth/households.csv", "truth/parcels.csv", "truth/cases.csv"};
    return files[kind];
}

static noi_status open_in(noi_out **out, const char *folder, const char *name) {
    NOI_AUTO_FREE char *path = noi_format("%s/%s", folder, name);
    return noi_out_open(out, path);
}

static noi_status pour(noi_out *out, noi_buf *rows, size_t limit) {
    if (rows->n < limit)
        return NOI_OK;
    NOI_TRY(noi_out_write(out, rows->p, rows->n));
    noi_buf_clear(rows);
    return NOI_OK;
}
#define FULL (1 << 16)

/* ---- facts --------------------------------------------------------------------------------- */

/* A department's procedure, made up like its cases. */
static const char department_row[] =
    NOI_DEPARTMENT_PROCEDURE ",,Việc của một sở (giả định cho vận hành thử),,object,department,department,,"
                             "giả định cho vận hành thử\n";

static noi_status write_fact(const noi_city *city, const char *folder, const char *from,
                             const char *to) {
    noi_str bytes = noi_embed(from);
    bool procedures = strcmp(to, "input/procedures.csv") == 0;
    NOI_AUTO(noi_out_closep) noi_out *out = NULL;
    NOI_TRY(open_in(&out, folder, to));
    NOI_TRY(noi_out_write(out, bytes.p, bytes.n));
    if (procedures && city->recipe.share[NOI_TRAP_CASE_DEPARTMENT])
        NOI_TRY(noi_out_write(out, department_row, sizeof department_row - 1));
    return noi_out_commit(out);
}

static noi_status write_facts(const noi_city *city, const char *folder) {
    static const char *const of_the_south[][2] = {
        {"data/units_old.csv", "input/units-old.csv"},
        {"data/units_new.csv", "input/units-new.csv"},
        {"data/aliases_2024.csv", "input/aliases-2024.csv"},
        {"data/district_aliases.csv", "input/district-aliases.csv"},
        {"data/procedures.csv", "input/procedures.csv"},
        {"data/crosswalk.csv", "input/crosswalk.csv"}};
    static const char *const of_hanoi[][2] = {
        {"data/units_old_hanoi.csv", "input/units-old.csv"},
        {"data/units_new_hanoi.csv", "input/units-new.csv"},
        {"data/procedures.csv", "input/procedures.csv"},
        {"data/crosswalk_hanoi.csv", "input/crosswalk.csv"}};
    bool hanoi = city->tables->world == NOI_WORLD_HANOI;
    size_t n = hanoi ? sizeof of_hanoi / sizeof *of_hanoi : sizeof of_the_south / sizeof *of_the_south;
    for (size_t i = 0; i < n; i++) {
        const char *const *fact = hanoi ? of_hanoi[i] : of_the_south[i];
        NOI_TRY(write_fact(city, folder, fact[0], fact[1]));
    }
    return NOI_OK;
}

/* ---- addresses ----------------------------------------------------------------------------- */

typedef struct address_output {
    noi_address_file file;
    const char *name, *header;
    noi_encoding encoding;
    noi_row_style style;
} address_output;

static const address_output outputs[NOI_ADDRESS_FILES] = {
    {NOI_FILE_MAIN,
     "addresses.csv",
     "id,text,old_code,lon,lat,error_m\n",
     NOI_ENCODING_UTF8,
     {.delimiter = ','}},
    {NOI_FILE_NFD,
     "addresses-nfd.csv",
     "id,text,old_code,lon,lat,error_m\n",
     NOI_ENCODING_UTF8,
     {.delimiter = ',', .nfd = true}},
    {NOI_FILE_TCVN3,
     "addresses-tcvn3.csv",
     "id,text,old_code,lon,lat,error_m\n",
     NOI_ENCODING_TCVN3,
     {.delimiter = ',', .small = true}},
    {NOI_FILE_VNI,
     "addresses-vni.csv",
     "MaDiaChi;DiaChi;MaXa;lon;lat;error_m\n",
     NOI_ENCODING_VNI,
     {.delimiter = ';'}},
    {NOI_FILE_CP1258,
     "addresses-cp1258.csv",
     "id;text;old_code;lon;lat;error_m\n",
     NOI_ENCODING_CP1258,
     {.delimiter = ';'}},
    {NOI_FILE_UTF16,
     "addresses-utf16.csv",
     "id\ttext\told_code\tlon\tlat\terror_m\n",
     NOI_ENCODING_UTF16LE,
     {.delimiter = '\t'}},
    {NOI_FILE_VN2000,
     "addresses-vn2000.csv",
     "id,text,old_code,x,y,error_m\n",
     NOI_ENCODING_UTF8,
     {.delimiter = ',', .projected = true}},
    {NOI_FILE_2024,
     "addresses-2024.csv",
     "id,text,old_code,lon,lat,error_m\n",
     NOI_ENCODING_UTF8,
     {.delimiter = ','}},
    {NOI_FILE_NEW,
     "addresses-new.csv",
     "id,text,old_code,lon,lat,error_m\n",
     NOI_ENCODING_UTF8,
     {.delimiter = ','}},
};

static bool is_side_file(noi_address_file *file, const char *name) {
    for (int i = NOI_FILE_MAIN + 1; i < NOI_ADDRESS_FILES; i++)
        if (strcmp(outputs[i].name, name) == 0) {
            *file = outputs[i].file;
            return true;
        }
    return false;
}

/* What one thread needs to write addresses. */
typedef struct address_writer {
    const noi_city *city;
    const char *folder;
    noi_out *truth;
    noi_buf rows, keys, id;
    noi_address address;
    noi_crs *zone, *other_zone; /* EPSG:9210, EPSG:5899 */
} address_writer;

static void add_key(address_writer *w, uint64_t number, const noi_fate *fate) {
    noi_buf_clear(&w->id);
    noi_add_address_id(&w->id, number);
    noi_add_truth(&w->keys, noi_buf_view(&w->id), fate, w->city->tables);
}

static void project(address_writer *w) {
    noi_address *a = &w->address;
    if (!a->fate.has_point)
        return;
    const noi_crs *crs = a->fate.trap == NOI_TRAP_WRONG_ZONE ? w->other_zone : w->zone;
    noi_crs_from_wgs84(crs, &a->lon, &a->lat, 1);
}

static void add_address(address_writer *w, uint64_t number, const address_output *output) {
    noi_address_make(&w->address, w->city, number);
    if (output->style.projected)
        project(w);
    noi_add_address_row(&w->rows, &w->address, number, &output->style);
    add_key(w, number, &w->address.fate);
}

/* Rows that cannot be taken, at the end of the main file: ids that were there, and none at all. */
static void add_rejected(address_writer *w, const address_output *output) {
    uint64_t n = 4 + w->city->recipe.addresses / 20000;
    for (uint64_t i = 0; i < n; i++) {
        bool doubled = i % 2 == 0;
        noi_address_make(&w->address, w->city, i);
        size_t begin = w->rows.n;
        noi_add_address_row(&w->rows, &w->address, i, &output->style);
        noi_fate fate = {.trap = doubled ? NOI_TRAP_DUPLICATE_ID : NOI_TRAP_NO_ID,
                         .expected = NOI_EXPECT_REJECTED,
                         .new_unit = NOI_TABLE_NONE};
        if (doubled) {
            add_key(w, i, &fate);
            continue;
        }
        size_t id = strlen("A00000001");
        memmove(w->rows.p + begin, w->rows.p + begin + id, w->rows.n - begin - id);
        w->rows.n -= id;
        noi_add_truth(&w->keys, NOI_STR(""), &fate, w->city->tables);
    }
}

static noi_status write_main(address_writer *w, const address_output *output, noi_out *out) {
    uint64_t end = noi_address_begin(w->city, NOI_FILE_NFD);
    noi_progress progress = noi_progress_begin(_("making addresses"), end);
    noi_buf_add_str(&w->rows, output->header);
    for (uint64_t number = 0; number < end; number++) {
        add_address(w, number, output);
        if (number % 4096 == 4095)
            noi_progress_add(&progress, 4096);
        NOI_TRY(pour(out, &w->rows, FULL));
        NOI_TRY(pour(w->truth, &w->keys, FULL));
    }
    noi_progress_end(&progress);
    add_rejected(w, output);
    return pour(out, &w->rows, 1);
}

/* A side file is small: made whole, then brought into its encoding. */
static noi_status write_side(address_writer *w, const address_output *output, noi_out *out) {
    uint64_t from = noi_address_begin(w->city, output->file);
    uint64_t to = noi_address_begin(w->city, output->file + 1);
    noi_buf_add_str(&w->rows, output->header);
    for (uint64_t number = from; number < to; number++)
        add_address(w, number, output);
    if (output->encoding == NOI_ENCODING_UTF8)
        return pour(out, &w->rows, 1);
    NOI_AUTO_BUF noi_buf encoded = {0};
    NOI_TRY(noi_text_from_utf8(&encoded, noi_buf_view(&w->rows), output->encoding));
    noi_buf_clear(&w->rows);
    return noi_out_write(out, encoded.p, encoded.n);
}

static noi_status write_address_file(address_writer *w, const address_output *output) {
    NOI_AUTO_FREE char *path = noi_format("%s/input/%s", w->folder, output->name);
    NOI_AUTO(noi_out_closep) noi_out *out = NULL;
    NOI_TRY(noi_out_open(&out, path));
    if (output->file == NOI_FILE_MAIN)
        NOI_TRY(write_main(w, output, out));
    else
        NOI_TRY(write_side(w, output, out));
    NOI_TRY(pour(w->truth, &w->keys, 1));
    return noi_out_commit(out);
}

static noi_status write_all_addresses(address_writer *w) {
    NOI_TRY(noi_crs_open(&w->zone, "EPSG:9210"));
    NOI_TRY(noi_crs_open(&w->other_zone, "EPSG:5899"));
    NOI_TRY(open_in(&w->truth, w->folder, noi_truth_file(NOI_RECORD_ADDRESS)));
    NOI_TRY(noi_out_printf(w->truth, "id,trap,new_code,expected\n"));
    for (int i = 0; i < NOI_ADDRESS_FILES; i++)
        if (noi_city_has_file(w->city, outputs[i].file))
            NOI_TRY(write_address_file(w, &outputs[i]));
    return noi_out_commit(w->truth);
}

static noi_status write_addresses(const noi_city *city, const char *folder) {
    address_writer w = {.city = city, .folder = folder};
    noi_status status = write_all_addresses(&w);
    noi_out_close(w.truth);
    noi_crs_close(w.zone);
    noi_crs_close(w.other_zone);
    noi_buf_free(&w.rows);
    noi_buf_free(&w.keys);
    noi_buf_free(&w.id);
    noi_buf_free(&w.address.text);
    return status;
}

/* ---- the other kinds ----------------------------------------------------------------------- */

static noi_status write_households(const noi_city *city, const char *folder) {
    NOI_AUTO(noi_out_closep) noi_out *out = NULL, *truth = NULL, *members = NULL;
    NOI_TRY(open_in(&out, folder, "input/households.csv"));
    NOI_TRY(open_in(&members, folder, "input/members.csv"));
    NOI_TRY(open_in(&truth, folder, noi_truth_file(NOI_RECORD_HOUSEHOLD)));
    NOI_AUTO_BUF noi_buf rows = {0}, keys = {0}, more = {0}, id = {0}, scratch = {0};
    noi_buf_add_str(&rows, "id,address_id,text,old_code,residence_file\n");
    noi_buf_add_str(&more, "id,household_id,is_head,address_id\n");
    noi_buf_add_str(&keys, "id,trap,new_code,expected\n");
    uint64_t member = 0;
    for (uint64_t number = 0; number < city->recipe.households; number++) {
        noi_household household;
        noi_household_make(&household, city, number);
        noi_add_household_row(&rows, &household, number, city, &scratch);
        noi_add_member_rows(&more, &household, number, &member);
        noi_buf_clear(&id);
        noi_add_household_id(&id, number);
        noi_add_truth(&keys, noi_buf_view(&id), &household.fate, city->tables);
        NOI_TRY(pour(out, &rows, FULL));
        NOI_TRY(pour(members, &more, FULL));
        NOI_TRY(pour(truth, &keys, FULL));
    }
    NOI_TRY(pour(out, &rows, 1));
    NOI_TRY(pour(members, &more, 1));
    NOI_TRY(pour(truth, &keys, 1));
    NOI_TRY(noi_out_commit(out));
    NOI_TRY(noi_out_commit(members));
    return noi_out_commit(truth);
}

static noi_status write_parcels(const noi_city *city, const char *folder) {
    NOI_AUTO(noi_out_closep) noi_out *out = NULL, *truth = NULL;
    NOI_TRY(open_in(&out, folder, "input/parcels.csv"));
    NOI_TRY(open_in(&truth, folder, noi_truth_file(NOI_RECORD_PARCEL)));
    NOI_AUTO_BUF noi_buf rows = {0}, keys = {0}, id = {0};
    noi_buf_add_str(&rows, "id,old_code,sheet,number,lon,lat,error_m\n");
    noi_buf_add_str(&keys, "id,trap,new_code,expected\n");
    for (uint64_t number = 0; number < city->recipe.parcels; number++) {
        noi_parcel parcel;
        noi_parcel_make(&parcel, city, number);
        noi_add_parcel_row(&rows, &parcel, number);
        noi_buf_clear(&id);
        noi_add_parcel_id(&id, number);
        noi_add_truth(&keys, noi_buf_view(&id), &parcel.fate, city->tables);
        NOI_TRY(pour(out, &rows, FULL));
        NOI_TRY(pour(truth, &keys, FULL));
    }
    NOI_TRY(pour(out, &rows, 1));
    NOI_TRY(pour(truth, &keys, 1));
    NOI_TRY(noi_out_commit(out));
    return noi_out_commit(truth);
}

static const char case_header[] = "id,procedure_code,received_on,due_on,status,intake_unit,handling_unit,"
                                  "text,parcel_id,lon,lat,error_m,household_id,head_office\n";

static noi_status write_case_rows(const noi_city *city, noi_out *out, noi_out *truth, noi_case *c) {
    NOI_AUTO_BUF noi_buf rows = {0}, keys = {0}, id = {0};
    NOI_AUTO_FREE uint32_t *serials = noi_alloc_zero(noi_case_serials(city), sizeof *serials);
    noi_buf_add_str(&rows, case_header);
    noi_buf_add_str(&keys, "id,trap,new_code,expected\n");
    for (uint64_t number = 0; number < city->recipe.cases; number++) {
        noi_case_make(c, city, number);
        noi_add_case_row(&rows, &id, c, city, serials);
        noi_add_truth(&keys, noi_buf_view(&id), &c->fate, city->tables);
        NOI_TRY(pour(out, &rows, FULL));
        NOI_TRY(pour(truth, &keys, FULL));
    }
    NOI_TRY(pour(out, &rows, 1));
    return pour(truth, &keys, 1);
}

static noi_status write_report_rows(const noi_city *city, noi_out *out, noi_out *truth,
                                    noi_case *c) {
    NOI_AUTO_BUF noi_buf rows = {0}, keys = {0}, id = {0};
    noi_buf_add_str(&rows, "id,received_on,lon,lat,error_m\n");
    for (uint64_t number = 0; number < city->recipe.reports; number++) {
        noi_report_make(c, city, number);
        noi_add_report_row(&rows, &id, c, number);
        noi_add_truth(&keys, noi_buf_view(&id), &c->fate, city->tables);
        NOI_TRY(pour(out, &rows, FULL));
        NOI_TRY(pour(truth, &keys, FULL));
    }
    NOI_TRY(pour(out, &rows, 1));
    return pour(truth, &keys, 1);
}

/* Documents and accounts are cases too, behind all others. */
static noi_status write_office_rows(const noi_city *city, const char *folder, noi_out *truth,
                                    noi_case *c, bool documents) {
    NOI_AUTO_BUF noi_buf rows = {0}, keys = {0}, id = {0};
    NOI_AUTO(noi_out_closep) noi_out *out = NULL;
    uint64_t n = documents ? city->recipe.documents : city->recipe.accounts;
    if (n == 0)
        return NOI_OK;
    NOI_TRY(open_in(&out, folder, documents ? "input/documents.csv" : "input/accounts.csv"));
    noi_buf_add_str(&rows, documents ? "Số ký hiệu,Ngày đến,Nơi nhận\n" : "Hộp thư,Đơn vị,Vai trò\n");
    for (uint64_t number = 0; number < n; number++) {
        if (documents)
            noi_document_make(c, city, number);
        else
            noi_account_make(c, city, number);
        if (documents)
            noi_add_document_row(&rows, &id, c, city, number);
        else
            noi_add_account_row(&rows, &id, c, city, number);
        noi_add_truth(&keys, noi_buf_view(&id), &c->fate, city->tables);
        NOI_TRY(pour(out, &rows, FULL));
        NOI_TRY(pour(truth, &keys, FULL));
    }
    NOI_TRY(pour(out, &rows, 1));
    NOI_TRY(pour(truth, &keys, 1));
    return noi_out_commit(out);
}

/* Reports are cases, behind those of the procedure system, in the answer key too. */
static noi_status write_cases(const noi_city *city, const char *folder) {
    NOI_AUTO(noi_out_closep) noi_out *out = NULL, *reports = NULL, *truth = NULL;
    NOI_TRY(open_in(&out, folder, "input/cases.csv"));
    NOI_TRY(open_in(&reports, folder, "input/reports.csv"));
    NOI_TRY(open_in(&truth, folder, noi_truth_file(NOI_RECORD_CASE)));
    noi_case c = {0};
    noi_status status = write_case_rows(city, out, truth, &c);
    if (status == NOI_OK)
        status = write_report_rows(city, reports, truth, &c);
    if (status == NOI_OK)
        status = write_office_rows(city, folder, truth, &c, true);
    if (status == NOI_OK)
        status = write_office_rows(city, folder, truth, &c, false);
    noi_buf_free(&c.text);
    noi_buf_free(&c.office);
    NOI_TRY(status);
    NOI_TRY(noi_out_commit(out));
    NOI_TRY(noi_out_commit(reports));
    return noi_out_commit(truth);
}

/* What comes after the change has a file and a key of its own: it is imported when its time has come. */
static noi_status write_later_cases(const noi_city *city, const char *folder) {
    NOI_AUTO(noi_out_closep) noi_out *out = NULL, *truth = NULL;
    NOI_AUTO_BUF noi_buf rows = {0}, keys = {0}, id = {0};
    noi_case c = {0};
    if (city->recipe.later_cases == 0)
        return NOI_OK;
    NOI_TRY(open_in(&out, folder, "input/later-cases.csv"));
    NOI_TRY(open_in(&truth, folder, NOI_LATER_TRUTH));
    noi_buf_add_str(&rows, case_header);
    noi_buf_add_str(&keys, "id,trap,new_code,expected\n");
    for (uint64_t number = 0; number < city->recipe.later_cases; number++) {
        noi_later_case_make(&c, city, number);
        noi_add_later_row(&rows, &id, &c, city, number);
        noi_add_truth(&keys, noi_buf_view(&id), &c.fate, city->tables);
        NOI_TRY(pour(out, &rows, FULL));
        NOI_TRY(pour(truth, &keys, FULL));
    }
    NOI_TRY(pour(out, &rows, 1));
    NOI_TRY(pour(truth, &keys, 1));
    NOI_TRY(noi_out_commit(out));
    return noi_out_commit(truth);
}

/* Which unit each agency was of. */
static noi_status write_offices(const noi_city *city, const char *folder) {
    NOI_AUTO(noi_out_closep) noi_out *out = NULL;
    NOI_AUTO_BUF noi_buf rows = {0};
    NOI_TRY(open_in(&out, folder, "input/offices.csv"));
    noi_buf_add_str(&rows, "old_id,new_id,unit_code\n");
    for (uint32_t i = 0; i < city->tables->n_old; i++) {
        noi_str code = city->tables->old_units[i].code;
        noi_add_agency_id(&rows, city, i);
        noi_buf_printf(&rows, ",,%.*s\n", NOI_STR_ARG(code));
    }
    for (uint32_t d = 1; d <= NOI_DEPARTMENTS && city->recipe.share[NOI_TRAP_CASE_DEPARTMENT]; d++) {
        const char *head = city->tables->world == NOI_WORLD_HANOI ? "H26" : "H29";
        noi_add_department_id(&rows, city, d);
        noi_buf_printf(&rows, ",%s.9%u,\n", head, d);
    }
    NOI_TRY(noi_out_write(out, rows.p, rows.n));
    return noi_out_commit(out);
}

/* ---- both halves --------------------------------------------------------------------------- */

typedef struct half {
    const noi_city *city;
    const char *folder;
    noi_error error;
} half;

static noi_status write_second_half(const half *work) {
    NOI_TRY(write_households(work->city, work->folder));
    NOI_TRY(write_parcels(work->city, work->folder));
    NOI_TRY(write_offices(work->city, work->folder));
    NOI_TRY(write_later_cases(work->city, work->folder));
    return write_cases(work->city, work->folder);
}

static void *run_second_half(void *argument) {
    half *work = argument;
    noi_error_save(&work->error, write_second_half(work));
    return NULL;
}

static noi_status write_draft(const noi_city *city, const char *folder) {
    NOI_AUTO(noi_draft_freep) noi_draft *draft = NULL;
    NOI_TRY(noi_draft_make(&draft, city));
    return noi_write_draft(draft, folder);
}

static noi_status write_first_half(const noi_city *city, const char *folder) {
    NOI_TRY(write_facts(city, folder));
    NOI_TRY(noi_write_layers(city, folder));
    NOI_TRY(write_draft(city, folder));
    return write_addresses(city, folder);
}

noi_status noi_generate(const noi_city *city, const char *folder) {
    half *work = noi_alloc_zero(1, sizeof *work);
    *work = (half){.city = city, .folder = folder};
    pthread_t thread;
    bool threaded = pthread_create(&thread, NULL, run_second_half, work) == 0;
    if (!threaded)
        run_second_half(work);
    noi_status status = write_first_half(city, folder);
    if (threaded)
        pthread_join(thread, NULL);
    if (status == NOI_OK && work->error.status != NOI_OK)
        status = noi_error_restore(&work->error);
    free(work);
    return status;
}
