/* cases.c: open cases of the kinds that a commune and an abolished district hold. See people.h. */
#include "rehearsal/evidence.h"
#include "rehearsal/people.h"

#include <math.h>
#include <string.h>

enum { STREAM_CASE = 'C', STREAM_REPORT = 'R', STREAM_DOCUMENT = 'D', STREAM_LATER = 'E' };

/* The fields in which most cases are: civil status and certification at wards; business households,
 * building and land at districts. Codes as the national catalogue and data/procedures.csv have them. */
static const char *const ward_procedures[] = {"1.001193", "1.000894", "1.000656",
                                              "2.000815", "2.000884", "1.004873"};
static const char *const district_procedures[] = {"1.009994", "1.009995", "1.004227",
                                                  "1.004193", "1.001612", "2.000720"};
enum { OBJECT_PROCEDURES = 4 }; /* of the districts': about a building or a parcel */

static const char *procedure_of(bool ward, noi_random *random) {
    return ward ? ward_procedures[noi_random_below(random, 6)]
                : district_procedures[noi_random_below(random, 6)];
}

static const char *object_procedure(noi_random *random) {
    return district_procedures[noi_random_below(random, OBJECT_PROCEDURES)];
}

/* Open statuses of the portal; most are in process. */
static int status_of(noi_random *random) {
    static const int open[] = {1, 2, 2, 4, 4, 4, 4, 5, 6, 7, 8, 9};
    return open[noi_random_below(random, sizeof open / sizeof *open)];
}

static void set_ward(noi_case *c, const noi_city *city, uint32_t piece, noi_random *random) {
    const noi_piece *p = &city->tables->pieces[piece];
    noi_put_code(c->handling, city->tables->old_units[p->old_unit].code);
    noi_put_code(c->intake, city->tables->old_units[p->old_unit].code);
    c->procedure = procedure_of(true, random);
    c->agency = p->old_unit;
}

static void set_district(noi_case *c, const noi_city *city, uint32_t piece, noi_random *random) {
    const noi_old_unit *unit = noi_piece_unit(city, piece);
    noi_put_code(c->handling, unit->district_code);
    noi_put_code(c->intake, unit->district_code);
    c->procedure = procedure_of(false, random);
    c->agency = (uint32_t)city->tables->n_old + unit->district;
}

static void set_fate(noi_case *c, const noi_city *city, noi_trap trap, uint32_t piece,
                     noi_expected expected) {
    c->fate = (noi_fate){.trap = trap,
                         .expected = expected,
                         .piece = piece,
                         .new_unit = city->tables->pieces[piece].new_unit,
                         .other = NOI_TABLE_NONE};
}

static noi_fate nowhere(noi_trap trap) {
    return (noi_fate){.trap = trap,
                      .expected = NOI_EXPECT_ASKED,
                      .piece = NOI_TABLE_NONE,
                      .new_unit = NOI_TABLE_NONE,
                      .other = NOI_TABLE_NONE};
}

static void write_place(noi_buf *text, const noi_city *city, uint32_t piece, noi_random *random) {
    const noi_old_unit *unit = noi_piece_unit(city, piece);
    bool rural = !noi_str_is(unit->kind, "phường");
    noi_spell_street(text, city->spelling, unit->district, rural, random);
    noi_spell_tail(text, city->spelling, city->tables->pieces[piece].old_unit, NOI_TAIL_FULL,
                   random);
}

static void write_point(noi_case *c, const noi_city *city, uint32_t piece, noi_random *random) {
    double at[2];
    noi_shape_point(at, city->shape, piece, random);
    c->error_m = noi_blur_point(at, random);
    c->lon = at[0];
    c->lat = at[1];
}

/* A parcel that has one answer: of a unit that went whole. */
static noi_parcel whole_parcel(uint64_t *number, const noi_city *city, noi_random *random) {
    for (;;) {
        noi_parcel parcel;
        *number = noi_random_below(random, (uint32_t)city->recipe.parcels);
        noi_parcel_make(&parcel, city, *number);
        if (parcel.fate.trap == NOI_TRAP_PARCEL)
            return parcel;
    }
}

static void of_parcel(noi_case *c, const noi_city *city, noi_trap trap, noi_random *random) {
    noi_parcel parcel = whole_parcel(&c->parcel, city, random);
    set_fate(c, city, trap, parcel.fate.piece, NOI_EXPECT_ASSIGNED);
    set_district(c, city, parcel.fate.piece, random);
    c->procedure = object_procedure(random);
    c->has_parcel = true;
}

/* A business of which everything lies elsewhere but its head office. */
static void of_business(noi_case *c, const noi_city *city, noi_random *random) {
    of_parcel(c, city, NOI_TRAP_CASE_OFFICE, random);
    uint32_t parcel = c->fate.new_unit, office;
    do
        office = noi_city_pick(city, NOI_POOL_WHOLE, random);
    while (city->tables->pieces[office].new_unit == parcel);
    set_fate(c, city, NOI_TRAP_CASE_OFFICE, office, NOI_EXPECT_ASSIGNED);
    set_district(c, city, office, random);
    c->procedure = district_procedures[OBJECT_PROCEDURES + noi_random_below(random, 2)];
    write_place(&c->office, city, office, random);
}

/* A district's land case of which no parcel is known: where its owner lives is not where it lies. */
static void of_owner(noi_case *c, const noi_city *city, noi_random *random) {
    uint32_t piece = noi_city_pick(city, NOI_POOL_WHOLE, random);
    set_fate(c, city, NOI_TRAP_CASE_OWNER, piece, NOI_EXPECT_ASKED);
    set_district(c, city, piece, random);
    c->procedure = object_procedure(random);
    c->has_household = true;
    c->household = noi_random_below(random, (uint32_t)city->recipe.households);
}

/* The parcel lies in one new unit, the address of the object in another. */
static void of_two_units(noi_case *c, const noi_city *city, noi_random *random) {
    of_parcel(c, city, NOI_TRAP_CASE_TWO, random);
    c->fate.expected = NOI_EXPECT_ASKED;
    uint32_t other;
    do
        other = noi_city_pick(city, NOI_POOL_ELSEWHERE, random);
    while (city->tables->pieces[other].new_unit == c->fate.new_unit);
    write_place(&c->text, city, other, random);
}

/* A ward's case of a household of that ward. What the household leaves open, a ward that went whole
 * decides. */
static void of_household(noi_case *c, const noi_city *city, noi_random *random) {
    noi_household household;
    do {
        c->household = noi_random_below(random, (uint32_t)city->recipe.households);
        noi_household_make(&household, city, c->household);
    } while (household.fate.piece == NOI_TABLE_NONE);
    bool whole = noi_piece_unit(city, household.fate.piece)->n_pieces == 1;
    set_fate(c, city, NOI_TRAP_CASE_HOUSEHOLD, household.fate.piece,
             whole ? NOI_EXPECT_ASSIGNED : household.fate.expected);
    set_ward(c, city, household.fate.piece, random);
    c->has_household = true;
}

static void of_place(noi_case *c, const noi_city *city, noi_trap trap, noi_random *random) {
    bool split = trap == NOI_TRAP_CASE_WARD_SPLIT || trap == NOI_TRAP_CASE_SPLIT_POINT;
    bool district = trap == NOI_TRAP_CASE_DISTRICT_TEXT || trap == NOI_TRAP_CASE_DISTRICT;
    bool asked = trap == NOI_TRAP_CASE_WARD_SPLIT || trap == NOI_TRAP_CASE_DISTRICT;
    uint32_t piece = noi_city_pick(city, split ? NOI_POOL_SPLIT : NOI_POOL_WHOLE, random);
    set_fate(c, city, trap, piece, asked ? NOI_EXPECT_ASKED : NOI_EXPECT_ASSIGNED);
    if (district)
        set_district(c, city, piece, random);
    else
        set_ward(c, city, piece, random);
    if (trap == NOI_TRAP_CASE_TEXT || trap == NOI_TRAP_CASE_DISTRICT_TEXT)
        write_place(&c->text, city, piece, random);
    if (trap == NOI_TRAP_CASE_SPLIT_POINT)
        write_point(c, city, piece, random);
}

/* Refers to a parcel that no file has; the district alone decides nothing. */
static void of_nothing(noi_case *c, const noi_city *city, noi_random *random) {
    of_place(c, city, NOI_TRAP_CASE_DISTRICT, random);
    c->fate.trap = NOI_TRAP_CASE_LOST;
    c->has_parcel = true;
    c->parcel = UINT64_MAX;
}

/* Cases come in the order of their receipt, as systems export them. */
static void set_days(noi_case *c, const noi_city *city, uint64_t number, noi_random *random) {
    noi_day last = noi_day_from_ymd(2025, 6, 30);
    c->received_on = last - 149 + (noi_day)(number * 150 / city->recipe.cases);
    /* what is open on the eve is mostly not due yet; one in twelve may be late */
    bool late = noi_random_below(random, 12) == 0;
    noi_day from = late || c->received_on + 5 > last ? c->received_on + 5 : last + 1;
    c->due_on = from + (noi_day)noi_random_below(random, 60);
    c->status = status_of(random);
}

/* A department works for the whole province: nobody needs to know where the matter lies. */
static void of_department(noi_case *c, noi_random *random) {
    c->fate = nowhere(NOI_TRAP_CASE_DEPARTMENT);
    c->procedure = NOI_DEPARTMENT_PROCEDURE;
    c->department = 1 + noi_random_below(random, NOI_DEPARTMENTS);
}

static void clear_case(noi_case *c) {
    noi_buf text = c->text, office = c->office;
    noi_buf_clear(&text);
    noi_buf_clear(&office);
    *c = (noi_case){.text = text,
                    .office = office,
                    .lon = (double)NAN,
                    .lat = (double)NAN,
                    .error_m = -1};
}

void noi_case_make(noi_case *out, const noi_city *city, uint64_t number) {
    noi_random random = noi_random_of(city->seed, STREAM_CASE, number);
    noi_trap plain = city->recipe.households ? NOI_TRAP_CASE_HOUSEHOLD : NOI_TRAP_CASE_TEXT;
    noi_trap trap = noi_city_trap(city, NOI_RECORD_CASE, plain, &random);
    clear_case(out);
    set_days(out, city, number, &random);
    if (trap == NOI_TRAP_CASE_HOUSEHOLD)
        of_household(out, city, &random);
    else if (trap == NOI_TRAP_CASE_DISTRICT_PARCEL)
        of_parcel(out, city, trap, &random);
    else if (trap == NOI_TRAP_CASE_TWO)
        of_two_units(out, city, &random);
    else if (trap == NOI_TRAP_CASE_LOST)
        of_nothing(out, city, &random);
    else if (trap == NOI_TRAP_CASE_OFFICE)
        of_business(out, city, &random);
    else if (trap == NOI_TRAP_CASE_OWNER)
        of_owner(out, city, &random);
    else if (trap == NOI_TRAP_CASE_DEPARTMENT)
        of_department(out, &random);
    else
        of_place(out, city, trap, &random);
    out->by_agency = trap == NOI_TRAP_CASE_AGENCY;
}

void noi_report_make(noi_case *out, const noi_city *city, uint64_t number) {
    noi_random random = noi_random_of(city->seed, STREAM_REPORT, number);
    clear_case(out);
    noi_day last = noi_day_from_ymd(2025, 6, 30);
    out->received_on = last - (noi_day)noi_random_below(&random, 30);
    uint32_t piece = noi_city_piece(city, &random);
    set_fate(out, city, NOI_TRAP_REPORT, piece, NOI_EXPECT_ASSIGNED);
    write_point(out, city, piece, &random);
}

/* A ward's office by its id: what went whole has one successor, of what was split a person must tell
 * which part the work belongs to. */
static void of_office(noi_case *c, const noi_city *city, noi_trap trap, uint32_t piece) {
    bool whole = noi_piece_unit(city, piece)->n_pieces == 1;
    set_fate(c, city, trap, piece, whole ? NOI_EXPECT_ASSIGNED : NOI_EXPECT_ASKED);
    c->agency = city->tables->pieces[piece].old_unit;
    c->by_agency = true;
}

void noi_document_make(noi_case *out, const noi_city *city, uint64_t number) {
    noi_random random = noi_random_of(city->seed, STREAM_DOCUMENT, number);
    clear_case(out);
    out->received_on = noi_day_from_ymd(2025, 6, 30) - (noi_day)noi_random_below(&random, 30);
    of_office(out, city, NOI_TRAP_DOCUMENT, noi_city_pick(city, NOI_POOL_OFFICE, &random));
}

void noi_account_make(noi_case *out, const noi_city *city, uint64_t number) {
    const noi_pool *offices = &city->pools[NOI_POOL_OFFICE];
    clear_case(out);
    of_office(out, city, NOI_TRAP_ACCOUNT, offices->items[number % offices->n]);
}

void noi_later_case_make(noi_case *out, const noi_city *city, uint64_t number) {
    noi_random random = noi_random_of(city->seed, STREAM_LATER, number);
    uint32_t unit = noi_city_pick(city, NOI_POOL_NEW, &random);
    clear_case(out);
    out->received_on = noi_day_from_ymd(2025, 7, 2) + (noi_day)noi_random_below(&random, 177);
    out->due_on = out->received_on + 5 + (noi_day)noi_random_below(&random, 60);
    out->status = status_of(&random);
    if (noi_random_below(&random, 4) == 0)
        of_department(out, &random);
    else
        out->procedure = procedure_of(true, &random);
    out->fate.trap = NOI_TRAP_LATER;
    noi_put_code(out->intake, city->tables->new_units[unit].code);
    if (out->department)
        return;
    noi_put_code(out->handling, city->tables->new_units[unit].code);
    out->fate.new_unit = unit;
    out->fate.expected = NOI_EXPECT_ASSIGNED;
}
