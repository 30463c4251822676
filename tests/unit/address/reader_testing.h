/* reader_testing.h: the city's units in many spellings, for the tests of the reader. */
#ifndef NOI_TESTS_READER_TESTING_H
#define NOI_TESTS_READER_TESTING_H

#include "tests/unit/address/city.h"

#include "base/progress.h"

#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>
#include <utf8proc.h>

static city the_city;

static inline noi_reading read_text(const char *text) {
    noi_reading out;
    noi_address_read(&out, the_city.gazetteer, noi_str_of(text));
    return out;
}

static const noi_gazetteer_unit *unit_of(const noi_reading *r, size_t i) {
    assert_true(i < r->n_units);
    return &the_city.units[r->units[i]];
}

static inline bool is_old(const noi_gazetteer_unit *unit) {
    return unit->to == noi_day_from_ymd(2025, 7, 1);
}

/* "760:Bến Nghé 00:Sài Gòn", districts and names of what was read; "" for nothing. */
static const char *names_of(const noi_reading *r) {
    static char out[4096];
    size_t n = 0;
    out[0] = '\0';
    for (size_t i = 0; i < r->n_units && n < sizeof out - 64; i++) {
        char code[8];
        const noi_gazetteer_unit *u = unit_of(r, i);
        n += (size_t)snprintf(out + n, sizeof out - n, "%s%s:%s", i ? " " : "",
                              u->district_code          ? noi_code_format(code, u->district_code)
                              : u->from == NOI_DAY_NONE ? "?"
                                                        : "new",
                              u->name);
    }
    return out;
}

/* ---- every unit in many spellings ---------------------------------------------------------- */

typedef struct spelled_unit {
    const noi_gazetteer_unit *unit;
    size_t position;
    char kind[32], district_kind[32], province[64];
    char ward[64], district[64]; /* names */
} spelled_unit;

static const char *short_kind(const char *kind) {
    return strcmp(kind, "phường") == 0      ? "P"
           : strcmp(kind, "xã") == 0        ? "X"
           : strcmp(kind, "thị trấn") == 0  ? "TT"
           : strcmp(kind, "quận") == 0      ? "Q"
           : strcmp(kind, "huyện") == 0     ? "H"
           : strcmp(kind, "thị xã") == 0    ? "TX"
           : strcmp(kind, "thành phố") == 0 ? "TP"
                                            : kind;
}

static const char *english_kind(const char *kind) {
    return strcmp(kind, "phường") == 0      ? "Ward"
           : strcmp(kind, "xã") == 0        ? "Commune"
           : strcmp(kind, "thị trấn") == 0  ? "Town"
           : strcmp(kind, "thành phố") == 0 ? "City"
           : strcmp(kind, "thị xã") == 0    ? "Town"
                                            : "District";
}

static const char *short_province(noi_code code) {
    return code == noi_code_parse("79", 2)   ? "TP.HCM"
           : code == noi_code_parse("74", 2) ? "BD"
                                             : "BRVT";
}

static inline void bare(char out[512], const char *text) {
    noi_buf folded = {0};
    for (const char *p = text; *p;) {
        size_t n = 1;
        while ((p[n] & 0xC0) == 0x80)
            n++;
        char one[16];
        if (n > 1) {
            noi_text_fold(one, (noi_str){p, n}, NOI_FOLD_BARE);
            noi_buf_add_str(&folded, one);
        } else {
            noi_buf_add_char(&folded, *p);
        }
        p += n;
    }
    snprintf(out, 512, "%s", folded.p);
    noi_buf_free(&folded);
}

static inline void decomposed(char out[1024], const char *text) {
    utf8proc_uint8_t *made = utf8proc_NFD((const utf8proc_uint8_t *)text);
    snprintf(out, 1024, "%s", (const char *)made);
    free(made);
}

static inline void upper(char out[1024], const char *text) {
    size_t n = 0;
    const utf8proc_uint8_t *p = (const utf8proc_uint8_t *)text;
    utf8proc_int32_t c;
    for (utf8proc_ssize_t got; *p && (got = utf8proc_iterate(p, -1, &c)) > 0; p += got)
        n += (size_t)utf8proc_encode_char(utf8proc_toupper(c), (utf8proc_uint8_t *)out + n);
    out[n] = '\0';
}

#define N_SPELLINGS 20

/* The spellings; all of them say ward and district. */
static inline void spell(char out[1024], const noi_gazetteer_unit *u, int how) {
    const char *k = u->kind, *n = u->name, *dk = u->district_kind, *d = u->district_name;
    const char *pk = short_kind(k), *pd = short_kind(dk), *p = u->province_name;
    char plain[1024], zero[16];
    snprintf(plain, sizeof plain, "12/3 Nguyễn Trãi, %s %s, %s %s, %s", k, n, dk, d, p);
    snprintf(zero, sizeof zero, "%s%s", strlen(n) == 1 ? "0" : "", strlen(n) == 1 ? n : "");
    switch (how) {
    case 0:
        snprintf(out, 1024, "%s", plain);
        return;
    case 1:
        snprintf(out, 1024, "12/3 Nguyễn Trãi, %s.%s, %s.%s, %s", pk, n, pd, d, p);
        return;
    case 2:
        snprintf(out, 1024, "12/3 Nguyễn Trãi %s %s %s %s", k, n, dk, d);
        return;
    case 3:
        bare(out, plain);
        return;
    case 4:
        upper(out, plain);
        return;
    case 5:
        decomposed(out, plain);
        return;
    case 6:
        snprintf(out, 1024, "%s %s, %s %s, 12/3 Nguyễn Trãi", dk, d, k, n);
        return;
    case 7:
        snprintf(out, 1024, "12/3, Nguyen Trai Street, %s %s, %s %s", english_kind(k), n,
                 english_kind(dk), d);
        return;
    case 8:
        snprintf(out, 1024, "%s. %s - %s. %s - %s", pk, n, pd, d, short_province(u->province_code));
        return;
    case 9:
        snprintf(out, 1024, "%s%s%s %s%s%s", pk, zero[0] || isdigit(n[0]) ? "" : ".",
                 zero[0] ? zero : n, pd, isdigit(d[0]) ? "" : " ", d);
        return;
    case 10:
        snprintf(out, 1024, "Số 12/3 đường Nguyễn Trãi, khu phố 3, %s %s, %s %s. ĐT 0909 123 456",
                 k, n, dk, d);
        return;
    case 11:
        snprintf(out, 1024, "%s\xc2\xa0%s,%s\xc2\xa0%s", k, n, dk, d);
        return;
    case 12:
        snprintf(out, 1024, "12 Nguyễn Trãi, %s %s, %s%s", k, n, isdigit(d[0]) ? "Q" : "", d);
        return;
    case 13:
        snprintf(out, 1024, "\xe2\x80\x9c%s %s\xe2\x80\x9d (%s %s), gọi trước khi giao", k, n, dk,
                 d);
        return;
    case 14:
        snprintf(plain, sizeof plain, "12 nguyen trai %s %s %s %s %s", pk, n, pd, d,
                 short_province(u->province_code));
        bare(out, plain);
        return;
    case 15:
        snprintf(out, 1024, "%s %s; %s %s; %s; Việt Nam", k, n, dk, d, p);
        return;
    case 16:
        snprintf(out, 1024, "hẻm 45 đường Tân Phú, %s %s, %s %s", k, n, dk, d);
        return;
    case 17:
        snprintf(out, 1024, "%s %s\n%s %s\n%s", k, n, dk, d, p);
        return;
    case 18:
        snprintf(plain, sizeof plain, "%s %s, %s %s, %s", k, n, dk, d, p);
        upper(out, plain);
        bare(plain, out);
        snprintf(out, 1024, "%s", plain);
        return;
    default:
        snprintf(out, 1024, "tổ 15, ấp 2, %s: %s, %s: %s, %s", k, n, dk, d, p);
        return;
    }
}

static inline int open_city(void **state) {
    (void)state;
    return city_open(&the_city, false) ? 0 : -1;
}

static inline int close_city(void **state) {
    (void)state;
    city_close(&the_city);
    return 0;
}

#endif
