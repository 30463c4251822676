/* people.c: addresses, households and parcels; cases.c has the cases. See people.h. */
#include "rehearsal/people.h"

#include "rehearsal/evidence.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { STREAM_FATE = 'F', STREAM_TEXT = 'T', STREAM_HOUSEHOLD = 'H', STREAM_PARCEL = 'P' };

uint64_t noi_address_begin(const noi_city *city, noi_address_file file) {
    return city->address_begin[file];
}

static noi_address_file file_of(const noi_city *city, uint64_t number) {
    noi_address_file file = NOI_FILE_MAIN;
    while (file + 1 < NOI_ADDRESS_FILES && number >= noi_address_begin(city, file + 1))
        file++;
    return file;
}

/* ---- fates --------------------------------------------------------------------------------- */

static noi_fate fate_in(const noi_city *city, noi_trap trap, uint32_t piece) {
    return (noi_fate){.trap = trap,
                      .expected = NOI_EXPECT_ASSIGNED,
                      .piece = piece,
                      .new_unit = city->tables->pieces[piece].new_unit,
                      .other = NOI_TABLE_NONE};
}

/* Most people's records have two kinds of evidence, some one, some three. In a split ward a record
 * without a point decides nothing, so a plain one has a point there. */
static void choose_evidence(noi_fate *fate, const noi_city *city, noi_random *random) {
    uint32_t draw = noi_random_below(random, 100);
    fate->has_text = draw < 74 || draw >= 92;
    fate->has_code = draw < 40 || (draw >= 74 && draw < 88) || draw >= 96;
    fate->has_point = (draw >= 40 && draw < 62) || (draw >= 74 && draw < 82) ||
                      (draw >= 88 && draw < 92) || draw >= 96;
    if (noi_piece_unit(city, fate->piece)->n_pieces > 1)
        fate->has_point = true;
}

/* Traps in which the text alone carries the evidence. */
static noi_fate text_fate(const noi_city *city, noi_trap trap, uint32_t piece) {
    noi_fate fate = fate_in(city, trap, piece);
    fate.has_text = true;
    return fate;
}

static noi_fate former_fate(const noi_city *city, noi_trap trap, uint32_t former) {
    uint32_t unit = city->tables->former[former].old_unit;
    noi_fate fate = text_fate(city, trap, city->tables->old_units[unit].first_piece);
    fate.other = former;
    return fate;
}

static noi_fate new_fate(const noi_city *city, noi_trap trap, uint32_t new_unit) {
    noi_fate fate = text_fate(city, trap, 0);
    fate.piece = NOI_TABLE_NONE;
    fate.new_unit = fate.other = new_unit;
    return fate;
}

/* A whole piece of another district and another new unit. */
static uint32_t far_piece(const noi_city *city, uint32_t piece, noi_random *random) {
    for (;;) {
        uint32_t other = noi_city_pick(city, NOI_POOL_ELSEWHERE, random);
        if (noi_piece_unit(city, other)->district != noi_piece_unit(city, piece)->district &&
            city->tables->pieces[other].new_unit != city->tables->pieces[piece].new_unit)
            return other;
    }
}

/* A whole piece with a border to another new unit; most have one. */
static noi_fate border_fate(const noi_city *city, noi_trap trap, noi_random *random) {
    for (;;) {
        uint32_t piece = noi_city_pick(city, NOI_POOL_WHOLE, random);
        if (!noi_shape_has_border(city->shape, piece))
            continue;
        noi_fate fate = fate_in(city, trap, piece);
        fate.has_point = true;
        fate.has_text = trap == NOI_TRAP_BORDER_TEXT;
        if (trap == NOI_TRAP_NEAR_BORDER)
            fate.expected = NOI_EXPECT_ASKED;
        return fate;
    }
}

static noi_fate nowhere(noi_trap trap) {
    return (noi_fate){.trap = trap,
                      .expected = NOI_EXPECT_ASKED,
                      .piece = NOI_TABLE_NONE,
                      .new_unit = NOI_TABLE_NONE,
                      .other = NOI_TABLE_NONE,
                      .has_text = true};
}

static noi_fate asked(noi_fate fate) {
    fate.expected = NOI_EXPECT_ASKED;
    return fate;
}

static noi_fate with_code(noi_fate fate) {
    fate.has_code = true;
    return fate;
}

static noi_fate with_point(noi_fate fate) {
    fate.has_point = true;
    return fate;
}

static noi_fate contradicting(const noi_city *city, noi_trap trap, noi_random *random) {
    uint32_t piece = noi_city_pick(city, NOI_POOL_WHOLE, random);
    noi_fate fate = text_fate(city, trap, piece);
    fate.other = far_piece(city, piece, random);
    return fate;
}

static uint32_t flip_piece(const noi_city *city, noi_fate *fate, noi_random *random) {
    uint32_t flip = noi_city_pick(city, NOI_POOL_FLIP, random);
    uint32_t unit = city->tables->flips[flip].old_unit;
    *fate = text_fate(city, NOI_TRAP_FLIP, city->tables->old_units[unit].first_piece);
    fate->other = flip;
    return unit;
}

/* A unit of the flips may be split: then its text alone decides nothing. */
static noi_fate flip_fate(const noi_city *city, noi_random *random) {
    noi_fate fate;
    uint32_t unit = flip_piece(city, &fate, random);
    fate.has_code = true;
    fate.has_point = city->tables->old_units[unit].n_pieces > 1;
    return fate;
}

static noi_fate plain_fate(const noi_city *city, noi_trap trap, noi_random *random) {
    noi_fate fate = fate_in(city, trap, noi_city_piece(city, random));
    choose_evidence(&fate, city, random);
    return fate;
}

/* The traps of the main file. One case a trap, so that what each is made of stands in one place. */
static noi_fate main_fate(const noi_city *city, noi_trap trap, noi_random *random) {
    uint32_t whole = noi_city_pick(city, NOI_POOL_WHOLE, random);
    switch (trap) {
    case NOI_TRAP_HOMONYM:
        return asked(text_fate(city, trap, noi_city_pick(city, NOI_POOL_HOMONYM, random)));
    case NOI_TRAP_BARE_HOMONYM:
        return asked(text_fate(city, trap, noi_city_pick(city, NOI_POOL_BARE_HOMONYM, random)));
    case NOI_TRAP_NO_MARKS:
        return text_fate(city, trap, whole);
    case NOI_TRAP_TYPO:
        return text_fate(city, trap, noi_city_pick(city, NOI_POOL_LONG_NAME, random));
    case NOI_TRAP_NUMBER_CODE:
        return with_code(text_fate(city, trap, whole));
    case NOI_TRAP_METRES:
        return with_point(text_fate(city, trap, whole));
    case NOI_TRAP_SHIFTED: /* a shift cannot be seen in one record: the code must decide */
        return with_code(with_point(text_fate(city, trap, whole)));
    case NOI_TRAP_SWAPPED: {
        noi_fate fate = with_point(text_fate(city, trap, whole));
        fate.has_text = noi_random_below(random, 100) < 70;
        return fate;
    }
    case NOI_TRAP_NEAR_BORDER:
    case NOI_TRAP_BORDER_TEXT:
        return border_fate(city, trap, random);
    case NOI_TRAP_SPLIT_POINT:
        return with_point(text_fate(city, trap, noi_city_pick(city, NOI_POOL_SPLIT, random)));
    case NOI_TRAP_SPLIT_BLIND: {
        noi_fate fate = text_fate(city, trap, noi_city_pick(city, NOI_POOL_SPLIT, random));
        fate.has_code = noi_random_below(random, 2);
        return asked(fate);
    }
    case NOI_TRAP_SPLIT_TAUGHT:
        return with_point(text_fate(city, trap, noi_city_pick(city, NOI_POOL_SIDES, random)));
    case NOI_TRAP_SPLIT_RULE:
        return text_fate(city, trap, noi_city_pick(city, NOI_POOL_SIDES, random));
    case NOI_TRAP_OLDER_TEXT:
        return former_fate(city, trap, noi_city_pick(city, NOI_POOL_OLDER, random));
    case NOI_TRAP_FLIP:
        return flip_fate(city, random);
    case NOI_TRAP_REUSED: {
        noi_fate fate =
            with_code(fate_in(city, trap, noi_city_pick(city, NOI_POOL_REUSED, random)));
        fate.has_point = noi_random_below(random, 2);
        return fate;
    }
    case NOI_TRAP_ALREADY_NEW:
        return new_fate(city, trap, noi_city_pick(city, NOI_POOL_NEW_NAME, random));
    case NOI_TRAP_FALSE_FRIEND:
        return text_fate(city, trap, noi_city_pick(city, NOI_POOL_FALSE_FRIEND, random));
    case NOI_TRAP_CODE_CONTRADICTS:
        return asked(with_code(contradicting(city, trap, random)));
    case NOI_TRAP_POINT_CONTRADICTS:
        return with_point(with_code(contradicting(city, trap, random)));
    case NOI_TRAP_DISTRICT_ONLY:
        return asked(text_fate(city, trap, whole));
    case NOI_TRAP_NOISE:
    case NOI_TRAP_OTHER_PROVINCE:
        return nowhere(trap);
    default:
        return plain_fate(city, NOI_TRAP_PLAIN, random);
    }
}

/* The files beside the main one each are one trap. */
static noi_fate side_fate(const noi_city *city, noi_address_file file, noi_random *random) {
    static const noi_trap of_file[NOI_ADDRESS_FILES] = {
        [NOI_FILE_NFD] = NOI_TRAP_NFD,         [NOI_FILE_TCVN3] = NOI_TRAP_TCVN3,
        [NOI_FILE_VNI] = NOI_TRAP_VNI,         [NOI_FILE_CP1258] = NOI_TRAP_CP1258,
        [NOI_FILE_UTF16] = NOI_TRAP_UTF16,     [NOI_FILE_VN2000] = NOI_TRAP_VN2000,
        [NOI_FILE_2024] = NOI_TRAP_OLDER_CODE, [NOI_FILE_NEW] = NOI_TRAP_ALREADY_NEW_CODE};
    noi_trap trap = of_file[file];
    if (file == NOI_FILE_VN2000) {
        bool wrong = noi_random_below(random, 100) < 5;
        noi_fate fate = with_point(fate_in(city, wrong ? NOI_TRAP_WRONG_ZONE : trap,
                                           wrong ? noi_city_pick(city, NOI_POOL_WHOLE, random)
                                                 : noi_city_piece(city, random)));
        fate.has_text = noi_random_below(random, 2);
        return fate;
    }
    if (file == NOI_FILE_2024) {
        noi_fate fate =
            former_fate(city, trap, noi_city_pick(city, NOI_POOL_FORMER, random));
        fate.has_text = noi_random_below(random, 2);
        return with_code(fate);
    }
    if (file == NOI_FILE_NEW) {
        noi_fate fate =
            new_fate(city, trap, noi_city_pick(city, NOI_POOL_NEW, random));
        fate.has_text = noi_random_below(random, 2);
        return with_code(fate);
    }
    return text_fate(city, trap, noi_city_pick(city, NOI_POOL_WHOLE, random));
}

/* The trap alone: a duplicate has the number's fate of the address before it. */
static noi_trap trap_of(const noi_city *city, uint64_t number, noi_random *random) {
    *random = noi_random_of(city->seed, STREAM_FATE, number);
    if (file_of(city, number) != NOI_FILE_MAIN)
        return NOI_TRAP_PLAIN;
    return noi_city_trap(city, NOI_RECORD_ADDRESS, NOI_TRAP_PLAIN, random);
}

/* The address that a duplicate repeats; `number` itself for any other. Two duplicates in a row do
 * not chain: the second is then plain. */
static uint64_t repeats(const noi_city *city, uint64_t number) {
    noi_random random;
    bool duplicate = number > 0 && trap_of(city, number, &random) == NOI_TRAP_DUPLICATE &&
                     trap_of(city, number - 1, &random) == NOI_TRAP_PLAIN;
    return duplicate ? number - 1 : number;
}

noi_fate noi_address_fate(const noi_city *city, uint64_t number) {
    noi_address_file file = file_of(city, number);
    uint64_t source = repeats(city, number);
    noi_random random;
    noi_trap trap = trap_of(city, source, &random);
    if (file != NOI_FILE_MAIN)
        return side_fate(city, file, &random);
    noi_fate fate = main_fate(city, trap, &random);
    if (source != number)
        fate.trap = NOI_TRAP_DUPLICATE;
    return fate;
}

/* ---- writing an address -------------------------------------------------------------------- */

static void write_text(noi_address *a, const noi_city *city, noi_random *random) {
    const noi_spelling *spelling = city->spelling;
    const noi_tables *tables = city->tables;
    if (a->fate.trap == NOI_TRAP_NOISE || a->fate.trap == NOI_TRAP_OTHER_PROVINCE) {
        noi_write_nowhere(&a->text, city, a->fate.trap, random);
        return;
    }
    if (a->fate.piece == NOI_TABLE_NONE) {
        noi_spell_street(&a->text, spelling, noi_random_below(random, 22), false, random); /* any */
        noi_spell_new_tail(&a->text, spelling, a->fate.other, random);
        return;
    }
    uint32_t unit = tables->pieces[a->fate.piece].old_unit;
    if (a->fate.trap == NOI_TRAP_SPLIT_TAUGHT || a->fate.trap == NOI_TRAP_SPLIT_RULE) {
        noi_spell_sided_street(&a->text, a->fate.piece == tables->old_units[unit].first_piece,
                               random);
        noi_spell_tail(&a->text, spelling, unit, NOI_TAIL_FULL, random);
        return;
    }
    bool rural = !noi_str_is(tables->old_units[unit].kind, "phường");
    noi_spell_street(&a->text, spelling, tables->old_units[unit].district, rural, random);
    switch (a->fate.trap) {
    case NOI_TRAP_HOMONYM:
    case NOI_TRAP_BARE_HOMONYM:
        noi_spell_tail(&a->text, spelling, unit, NOI_TAIL_WARD, random);
        break;
    case NOI_TRAP_DISTRICT_ONLY:
        noi_spell_tail(&a->text, spelling, unit, NOI_TAIL_DISTRICT | NOI_TAIL_PROVINCE, random);
        break;
    case NOI_TRAP_TYPO:
        noi_spell_typo_tail(&a->text, spelling, unit, random);
        break;
    case NOI_TRAP_OLDER_TEXT:
    case NOI_TRAP_OLDER_CODE:
        noi_spell_former_tail(&a->text, spelling, a->fate.other, random);
        break;
    default:
        noi_spell_tail(&a->text, spelling, unit, NOI_TAIL_FULL, random);
    }
}

static void write_code(noi_address *a, const noi_city *city, noi_random *random) {
    const noi_tables *tables = city->tables;
    switch (a->fate.trap) {
    case NOI_TRAP_OLDER_CODE:
        noi_put_code(a->code, tables->former[a->fate.other].code);
        return;
    case NOI_TRAP_ALREADY_NEW_CODE:
        noi_put_code(a->code, tables->new_units[a->fate.other].code);
        return;
    case NOI_TRAP_FLIP:
        noi_put_code(a->code, tables->flips[a->fate.other].early_code);
        return;
    case NOI_TRAP_CODE_CONTRADICTS:
        noi_put_code(a->code, noi_piece_unit(city, a->fate.other)->code);
        return;
    case NOI_TRAP_NUMBER_CODE:
        snprintf(a->code, sizeof a->code, noi_random_below(random, 2) ? "%.*s.0" : "'%.*s",
                 NOI_STR_ARG(noi_piece_unit(city, a->fate.piece)->code));
        return;
    default:
        noi_put_code(a->code, noi_piece_unit(city, a->fate.piece)->code);
    }
}

static void write_point(noi_address *a, const noi_city *city, noi_random *random) {
    double at[2];
    uint32_t piece = a->fate.trap == NOI_TRAP_POINT_CONTRADICTS ? a->fate.other : a->fate.piece;
    bool border = a->fate.trap == NOI_TRAP_NEAR_BORDER || a->fate.trap == NOI_TRAP_BORDER_TEXT;
    if (border) {
        noi_shape_border_point(at, city->shape, piece, 6, random);
        a->error_m = 15 + 5 * (int)noi_random_below(random, 4);
    } else {
        noi_shape_point(at, city->shape, piece, random);
        a->error_m = noi_blur_point(at, random);
    }
    a->lon = at[0];
    a->lat = at[1];
    if (a->fate.trap == NOI_TRAP_SWAPPED) {
        a->lon = at[1];
        a->lat = at[0];
    }
    if (a->fate.trap == NOI_TRAP_SHIFTED) { /* what VN-2000 degrees read as WGS 84 are off by */
        a->lon -= 195.0 / NOI_SHAPE_LON_M;
        a->lat += 113.0 / NOI_SHAPE_LAT_M;
    }
    if (a->fate.trap == NOI_TRAP_METRES) {
        a->in_metres = true;
        a->lon = 600000 + (at[0] - 106.66) * NOI_SHAPE_LON_M;
        a->lat = at[1] * NOI_SHAPE_LAT_M;
    }
}

/* Now and then somebody writes in capitals or without marks, whatever else is wrong. */
static void restyle(noi_address *a, const noi_city *city, uint64_t number, noi_random *random) {
    bool bare = a->fate.trap == NOI_TRAP_NO_MARKS || a->fate.trap == NOI_TRAP_BARE_HOMONYM;
    bool free_style = file_of(city, number) == NOI_FILE_MAIN;
    noi_restyle(&a->text, bare, free_style && noi_random_below(random, 100) < 4);
}

void noi_address_make(noi_address *out, const noi_city *city, uint64_t number) {
    uint64_t source = repeats(city, number);
    noi_random random = noi_random_of(city->seed, STREAM_TEXT, source);
    out->fate = noi_address_fate(city, number);
    noi_buf_clear(&out->text);
    out->code[0] = '\0';
    out->lon = out->lat = (double)NAN;
    out->error_m = -1;
    out->in_metres = false;
    if (out->fate.has_text) {
        write_text(out, city, &random);
        restyle(out, city, number, &random);
    }
    if (out->fate.has_code)
        write_code(out, city, &random);
    if (out->fate.has_point)
        write_point(out, city, &random);
}

/* ---- households ---------------------------------------------------------------------------- */

/* An address in a split ward that a torn household's members live at; near `from` by number. */
static uint64_t split_address(noi_fate *fate, const noi_city *city, uint64_t from) {
    uint64_t n = noi_address_begin(city, NOI_FILE_NFD);
    for (uint64_t step = 0; step < 500; step++) {
        uint64_t number = (from + step) % n;
        *fate = noi_address_fate(city, number);
        bool fits = (fate->trap == NOI_TRAP_PLAIN || fate->trap == NOI_TRAP_SPLIT_POINT) &&
                    noi_piece_unit(city, fate->piece)->split;
        if (fits)
            return number;
    }
    return UINT64_MAX;
}

enum { MOST_TRIES = 2000 }; /* where few units take part, all of their split wards may go to one */

/* An address beyond: one of a split ward whose people go to another new unit. */
static uint64_t other_side(const noi_city *city, const noi_fate *fate, uint64_t from) {
    noi_fate other;
    uint64_t at = from + 1;
    for (int tries = 0; tries < MOST_TRIES; tries++, at++) {
        at = split_address(&other, city, at);
        if (at == UINT64_MAX || other.new_unit != fate->new_unit)
            return at;
    }
    return UINT64_MAX;
}

static void make_torn(noi_household *h, const noi_city *city) {
    noi_fate fate;
    uint64_t at = split_address(&fate, city, h->address);
    uint64_t other = at == UINT64_MAX ? UINT64_MAX : other_side(city, &fate, at);
    if (other == UINT64_MAX)
        return;
    h->address = at;
    h->fate = fate;
    h->fate.trap = NOI_TRAP_TORN;
    h->torn_to = other;
    h->code[0] = '\0';
    if (h->n_members < 2)
        h->n_members = 2;
}

/* A household inherits what its address can be told from; a code of its own decides in whole units.
 */
static void make_at_address(noi_household *h, const noi_city *city, noi_random *random) {
    h->fate = noi_address_fate(city, h->address);
    bool honest = h->fate.trap == NOI_TRAP_PLAIN || h->fate.trap == NOI_TRAP_NO_MARKS ||
                  h->fate.trap == NOI_TRAP_SPLIT_POINT;
    if (honest && noi_random_below(random, 2))
        noi_put_code(h->code, noi_piece_unit(city, h->fate.piece)->code);
    h->fate.trap = NOI_TRAP_HOUSEHOLD;
}

/* A text of its own instead of an address: in a split ward it decides nothing. */
static void make_with_text(noi_household *h, const noi_city *city) {
    h->has_address = false;
    h->code[0] = '\0';
    h->fate.trap = NOI_TRAP_HOUSEHOLD_TEXT;
    h->fate.expected =
        noi_piece_unit(city, h->fate.piece)->split ? NOI_EXPECT_ASKED : NOI_EXPECT_ASSIGNED;
}

static bool has_plain_text(const noi_city *city, uint64_t address) {
    noi_fate fate = noi_address_fate(city, address);
    return fate.trap == NOI_TRAP_PLAIN && fate.has_text;
}

void noi_household_make(noi_household *out, const noi_city *city, uint64_t number) {
    noi_random random = noi_random_of(city->seed, STREAM_HOUSEHOLD, number);
    noi_trap trap = noi_city_trap(city, NOI_RECORD_HOUSEHOLD, NOI_TRAP_HOUSEHOLD, &random);
    uint64_t n = noi_address_begin(city, NOI_ADDRESS_FILES);
    *out = (noi_household){.address = number * n / city->recipe.households,
                           .has_address = true,
                           .torn_to = UINT64_MAX};
    uint32_t listed = noi_random_below(&random, 1000);
    uint64_t wanted = city->recipe.members_per_thousand;
    out->n_members = (uint32_t)(wanted / 1000) + (listed < wanted % 1000);
    make_at_address(out, city, &random);
    if (trap == NOI_TRAP_TORN)
        make_torn(out, city);
    if (trap == NOI_TRAP_HOUSEHOLD_TEXT && has_plain_text(city, out->address))
        make_with_text(out, city);
    if (trap == NOI_TRAP_HOUSEHOLD_LOST) {
        out->address = UINT64_MAX;
        out->code[0] = '\0';
        out->fate = nowhere(trap);
    }
}

/* ---- parcels ------------------------------------------------------------------------------- */

void noi_parcel_make(noi_parcel *out, const noi_city *city, uint64_t number) {
    noi_random random = noi_random_of(city->seed, STREAM_PARCEL, number);
    noi_trap trap = noi_city_trap(city, NOI_RECORD_PARCEL, NOI_TRAP_PARCEL, &random);
    uint32_t piece =
        noi_city_pick(city, trap == NOI_TRAP_PARCEL ? NOI_POOL_WHOLE : NOI_POOL_SPLIT, &random);
    *out = (noi_parcel){.fate = with_code(fate_in(city, trap, piece)),
                        .sheet = 1 + noi_random_below(&random, 120),
                        .plot = 1 + (uint32_t)(number % 2000),
                        .lon = (double)NAN,
                        .lat = (double)NAN,
                        .error_m = -1};
    noi_put_code(out->code, noi_piece_unit(city, piece)->code);
    if (trap == NOI_TRAP_PARCEL_BLIND) {
        out->fate = asked(out->fate);
        return;
    }
    if (trap == NOI_TRAP_PARCEL && noi_random_below(&random, 100) < 15)
        return;
    double at[2];
    noi_shape_point(at, city->shape, piece, &random);
    out->lon = at[0];
    out->lat = at[1];
    out->error_m = 1 + (int)noi_random_below(&random, 3);
    out->fate.has_point = true;
}
