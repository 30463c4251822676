/* rows.c: CSV rows without printf in the loop; see rows.h. */
#include "rehearsal/rows.h"

#include "rehearsal/letters.h"

#include <math.h>
#include <string.h>

/* Cases are received in the 150 days before 2025-07-01; see cases.c. */
#define CASE_DAYS 151

static void add_text(noi_buf *out, noi_str text) {
    noi_buf_add(out, text.p, text.n);
}

/* At least `width` digits, zeros in front. */
static void add_number(noi_buf *out, uint64_t value, int width) {
    char digits[24];
    int n = 0;
    do {
        digits[23 - n++] = (char)('0' + value % 10);
        value /= 10;
    } while (value || n < width);
    noi_buf_add(out, digits + 24 - n, (size_t)n);
}

/* A number with `places` decimals, 10^places in `scale`. */
static void add_decimal(noi_buf *out, double value, int64_t scale, int places) {
    int64_t whole = (int64_t)floor(value * (double)scale + 0.5);
    if (whole < 0) {
        noi_buf_add_char(out, '-');
        whole = -whole;
    }
    add_number(out, (uint64_t)(whole / scale), 1);
    noi_buf_add_char(out, '.');
    add_number(out, (uint64_t)(whole % scale), places);
}

/* lon, lat and error, with the delimiter before each; empty fields for none. */
static void add_point(noi_buf *out, double x, double y, int error_m, char delimiter, bool metres) {
    bool has = !isnan(x);
    noi_buf_add_char(out, delimiter);
    if (has)
        add_decimal(out, x, metres ? 100 : 1000000, metres ? 2 : 6);
    noi_buf_add_char(out, delimiter);
    if (has)
        add_decimal(out, y, metres ? 100 : 1000000, metres ? 2 : 6);
    noi_buf_add_char(out, delimiter);
    if (has && error_m >= 0)
        add_number(out, (uint64_t)error_m, 1);
}

static void add_id(noi_buf *out, char letter, uint64_t number) {
    noi_buf_add_char(out, letter);
    add_number(out, number == UINT64_MAX ? 99999999 : number + 1, 8);
}

void noi_add_address_id(noi_buf *out, uint64_t number) {
    add_id(out, 'A', number);
}

void noi_add_household_id(noi_buf *out, uint64_t number) {
    add_id(out, 'H', number);
}

void noi_add_parcel_id(noi_buf *out, uint64_t number) {
    add_id(out, 'P', number);
}

static void add_quoted(noi_buf *out, noi_str text, const noi_row_style *style) {
    if (text.n == 0)
        return;
    noi_buf_add_char(out, '"');
    if (style->nfd)
        noi_letters_nfd(out, text);
    else if (style->small)
        noi_letters_small(out, text);
    else
        add_text(out, text);
    noi_buf_add_char(out, '"');
}

void noi_add_address_row(noi_buf *out, const noi_address *address, uint64_t number,
                         const noi_row_style *style) {
    noi_add_address_id(out, number);
    noi_buf_add_char(out, style->delimiter);
    add_quoted(out, noi_buf_view(&address->text), style);
    noi_buf_add_char(out, style->delimiter);
    noi_buf_add_str(out, address->code);
    add_point(out, address->lon, address->lat, address->error_m, style->delimiter,
              style->projected || address->in_metres);
    noi_buf_add_char(out, '\n');
}

static const noi_row_style plain_style = {.delimiter = ','};

/* id,address_id,text,old_code,residence_file; a household with a text has its address's. */
void noi_add_household_row(noi_buf *out, const noi_household *household, uint64_t number,
                           const noi_city *city, noi_buf *scratch) {
    noi_add_household_id(out, number);
    noi_buf_add_char(out, ',');
    if (household->has_address)
        noi_add_address_id(out, household->address);
    noi_buf_add_char(out, ',');
    if (!household->has_address) {
        noi_address address = {.text = *scratch};
        noi_address_make(&address, city, household->address);
        add_quoted(out, noi_buf_view(&address.text), &plain_style);
        *scratch = address.text;
    }
    noi_buf_add_char(out, ',');
    noi_buf_add_str(out, household->code);
    noi_buf_add_str(out, ",HK");
    add_number(out, number % 9000000 + 1000000, 7);
    noi_buf_add_char(out, '\n');
}

/* id,household_id,is_head,address_id */
void noi_add_member_rows(noi_buf *out, const noi_household *household, uint64_t number,
                         uint64_t *next) {
    for (uint32_t m = 0; m < household->n_members; m++) {
        add_id(out, 'M', (*next)++);
        noi_buf_add_char(out, ',');
        noi_add_household_id(out, number);
        noi_buf_add_str(out, m == 0 ? ",1," : ",0,");
        if (m > 0 && m + 1 == household->n_members && household->torn_to != UINT64_MAX)
            noi_add_address_id(out, household->torn_to);
        noi_buf_add_char(out, '\n');
    }
}

/* id,old_code,sheet,number,lon,lat,error_m */
void noi_add_parcel_row(noi_buf *out, const noi_parcel *parcel, uint64_t number) {
    noi_add_parcel_id(out, number);
    noi_buf_add_char(out, ',');
    noi_buf_add_str(out, parcel->code);
    noi_buf_add_char(out, ',');
    add_number(out, parcel->sheet, 1);
    noi_buf_add_char(out, ',');
    add_number(out, parcel->plot, 1);
    add_point(out, parcel->lon, parcel->lat, parcel->error_m, ',', false);
    noi_buf_add_char(out, '\n');
}

size_t noi_case_serials(const noi_city *city) {
    return (city->tables->n_old + city->tables->n_districts + NOI_DEPARTMENTS) * CASE_DAYS;
}

static const char *agency_city(noi_str province_code) {
    return noi_str_is(province_code, "79")   ? "H29"
           : noi_str_is(province_code, "74") ? "H09"
           : noi_str_is(province_code, "01") ? "H26"
                                             : "H06";
}

/* 000.<ward>.<district>.H29: the id of a ward's or, with ward 00, a district's agency. */
void noi_add_agency_id(noi_buf *out, const noi_city *city, uint32_t agency) {
    const noi_tables *tables = city->tables;
    bool ward = agency < tables->n_old;
    uint32_t district =
        ward ? tables->old_units[agency].district : agency - (uint32_t)tables->n_old;
    uint32_t number = 0;
    for (uint32_t i = agency; ward; i--) {
        number += tables->old_units[i].district == district;
        if (i == 0)
            break;
    }
    noi_buf_add_str(out, "000.");
    add_number(out, number, 2);
    noi_buf_add_char(out, '.');
    add_number(out, district + 1, 2);
    noi_buf_add_char(out, '.');
    noi_buf_add_str(out, agency_city(tables->districts[district].province_code));
}

/* 000.00.9N.H29 */
void noi_add_department_id(noi_buf *out, const noi_city *city, uint32_t department) {
    noi_buf_add_str(out, "000.00.9");
    add_number(out, department, 1);
    noi_buf_add_char(out, '.');
    noi_buf_add_str(out, city->tables->world == NOI_WORLD_HANOI ? "H26" : "H29");
}

/* The agency, then -260310-0420: the day of receipt and the agency's serial of that day. */
static void add_dossier(noi_buf *id, const noi_case *c, const noi_city *city, uint32_t *serials) {
    noi_day first = noi_day_from_ymd(2025, 6, 30) - (CASE_DAYS - 1);
    size_t agency = c->agency;
    if (c->department) {
        noi_add_department_id(id, city, c->department);
        agency = city->tables->n_old + city->tables->n_districts + c->department - 1;
    } else {
        noi_add_agency_id(id, city, c->agency);
    }
    uint32_t *serial = &serials[agency * CASE_DAYS + (size_t)(c->received_on - first)];
    int year, month, day;
    noi_day_to_ymd(&year, &month, &day, c->received_on);
    noi_buf_add_char(id, '-');
    add_number(id, (uint64_t)(year % 100 * 10000 + month * 100 + day), 6);
    noi_buf_add_char(id, '-');
    add_number(id, ++*serial, 4);
}

static void add_day(noi_buf *out, noi_day on) {
    char text[12];
    noi_buf_add_char(out, ',');
    noi_buf_add_str(out, noi_day_format(text, on));
}

/* id,procedure_code,received_on,due_on,status,intake_unit,handling_unit,text,parcel_id,lon,lat,
 * error_m,household_id,head_office */
static void add_case(noi_buf *out, const noi_buf *id, const noi_case *c, const noi_city *city) {
    add_text(out, noi_buf_view(id));
    noi_buf_add_char(out, ',');
    noi_buf_add_str(out, c->procedure);
    add_day(out, c->received_on);
    add_day(out, c->due_on);
    noi_buf_add_char(out, ',');
    add_number(out, (uint64_t)c->status, 1);
    noi_buf_add_char(out, ',');
    noi_buf_add_str(out, c->intake);
    noi_buf_add_char(out, ',');
    if (c->department)
        noi_add_department_id(out, city, c->department);
    else if (c->by_agency)
        noi_add_agency_id(out, city, c->agency);
    else
        noi_buf_add_str(out, c->handling);
    noi_buf_add_char(out, ',');
    add_quoted(out, noi_buf_view(&c->text), &plain_style);
    noi_buf_add_char(out, ',');
    if (c->has_parcel)
        noi_add_parcel_id(out, c->parcel);
    add_point(out, c->lon, c->lat, c->error_m, ',', false);
    noi_buf_add_char(out, ',');
    if (c->has_household)
        noi_add_household_id(out, c->household);
    noi_buf_add_char(out, ',');
    add_quoted(out, noi_buf_view(&c->office), &plain_style);
    noi_buf_add_char(out, '\n');
}

void noi_add_case_row(noi_buf *out, noi_buf *id, const noi_case *c, const noi_city *city,
                      uint32_t *serials) {
    noi_buf_clear(id);
    add_dossier(id, c, city, serials);
    add_case(out, id, c, city);
}

/* H29.<unit>-260310-0420: the new form of an agency's id. */
void noi_add_later_row(noi_buf *out, noi_buf *id, const noi_case *c, const noi_city *city,
                       uint64_t number) {
    int year, month, day;
    noi_day_to_ymd(&year, &month, &day, c->received_on);
    noi_buf_clear(id);
    noi_buf_add_str(id, "H29.");
    noi_buf_add_str(id, c->intake);
    noi_buf_add_char(id, '-');
    add_number(id, (uint64_t)(year % 100 * 10000 + month * 100 + day), 6);
    noi_buf_add_char(id, '-');
    add_number(id, number + 1, 4);
    add_case(out, id, c, city);
}

/* id,received_on,lon,lat,error_m */
void noi_add_report_row(noi_buf *out, noi_buf *id, const noi_case *c, uint64_t number) {
    noi_buf_clear(id);
    noi_buf_add_str(id, "1022-");
    add_number(id, number + 1, 8);
    add_text(out, noi_buf_view(id));
    add_day(out, c->received_on);
    add_point(out, c->lon, c->lat, c->error_m, ',', false);
    noi_buf_add_char(out, '\n');
}

/* number,received_on,office */
void noi_add_document_row(noi_buf *out, noi_buf *id, const noi_case *c, const noi_city *city,
                          uint64_t number) {
    noi_buf_clear(id);
    add_number(id, number + 1, 1);
    noi_buf_add_str(id, "/CV-VHT");
    add_text(out, noi_buf_view(id));
    add_day(out, c->received_on);
    noi_buf_add_char(out, ',');
    noi_add_agency_id(out, city, c->agency);
    noi_buf_add_char(out, '\n');
}

/* account,office,roles */
void noi_add_account_row(noi_buf *out, noi_buf *id, const noi_case *c, const noi_city *city,
                         uint64_t number) {
    noi_buf_clear(id);
    noi_buf_add_str(id, "hop-thu-");
    add_number(id, number + 1, 5);
    add_text(out, noi_buf_view(id));
    noi_buf_add_char(out, ',');
    noi_add_agency_id(out, city, c->agency);
    noi_buf_add_str(out, ",văn thư\n");
}

void noi_add_truth(noi_buf *out, noi_str id, const noi_fate *fate, const noi_tables *tables) {
    add_text(out, id);
    noi_buf_add_char(out, ',');
    noi_buf_add_str(out, noi_traps[fate->trap].id);
    noi_buf_add_char(out, ',');
    if (fate->new_unit != NOI_TABLE_NONE)
        add_text(out, tables->new_units[fate->new_unit].code);
    noi_buf_add_char(out, ',');
    noi_buf_add_str(out, noi_expected_keys[fate->expected]);
    noi_buf_add_char(out, '\n');
}
