/*
 * The reader (address/reader.h). Plan: each of the 442 old units in many spellings; what homonyms
 * leave open; what must not be read; the views; vintages; damaged gazetteers; linear time; and real
 * addresses of ../shared, loudly skipped when they are not there.
 */
#include "tests/unit/address/city.h"

#include "base/progress.h"

#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>
#include <utf8proc.h>

static city the_city;

static noi_reading read_text(const char *text) {
    noi_reading out;
    noi_address_read(&out, the_city.gazetteer, noi_str_of(text));
    return out;
}

static const noi_gazetteer_unit *unit_of(const noi_reading *r, size_t i) {
    assert_true(i < r->n_units);
    return &the_city.units[r->units[i]];
}

static bool is_old(const noi_gazetteer_unit *unit) {
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

static void bare(char out[512], const char *text) {
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

static void decomposed(char out[1024], const char *text) {
    utf8proc_uint8_t *made = utf8proc_NFD((const utf8proc_uint8_t *)text);
    snprintf(out, 1024, "%s", (const char *)made);
    free(made);
}

static void upper(char out[1024], const char *text) {
    size_t n = 0;
    const utf8proc_uint8_t *p = (const utf8proc_uint8_t *)text;
    utf8proc_int32_t c;
    for (utf8proc_ssize_t got; *p && (got = utf8proc_iterate(p, -1, &c)) > 0; p += got)
        n += (size_t)utf8proc_encode_char(utf8proc_toupper(c), (utf8proc_uint8_t *)out + n);
    out[n] = '\0';
}

#define N_SPELLINGS 20

/* The spellings; all of them say ward and district. */
static void spell(char out[1024], const noi_gazetteer_unit *u, int how) {
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

static void every_old_unit_is_read_in_every_spelling(void **state) {
    (void)state;
    size_t n_units = 0, n_unique = 0, n_texts = 0;
    for (size_t i = 0; i < the_city.n_units; i++) {
        const noi_gazetteer_unit *u = &the_city.units[i];
        if (!is_old(u))
            continue;
        n_units++;
        if (strcmp(u->kind, "huyện") == 0)
            continue; /* Côn Đảo: see below */
        for (int how = 0; how < N_SPELLINGS; how++) {
            char text[1024];
            spell(text, u, how);
            noi_reading r = read_text(text);
            size_t n_old = 0;
            bool is_listed = false;
            for (size_t k = 0; k < r.n_units; k++) {
                n_old += is_old(&the_city.units[r.units[k]]);
                is_listed |= r.units[k] == i;
            }
            if (!is_listed || n_old != 1 || r.district_conflicts || r.other_province)
                print_message("'%s' gave %u units: %s\n", text, r.n_units, names_of(&r));
            assert_true(is_listed);
            assert_int_equal(n_old, 1);
            assert_false(r.district_conflicts);
            assert_false(r.other_province);
            assert_false(r.with_typo);
            assert_int_equal(r.district_code, u->district_code);
            n_unique += r.n_units == 1;
            n_texts++;
        }
    }
    print_message("%zu units, %zu texts, %zu with one unit of any vintage\n", n_units, n_texts,
                  n_unique);
    assert_int_equal(n_units, 442);
}

static void without_a_district_all_homonyms_are_listed(void **state) {
    (void)state;
    for (size_t i = 0; i < the_city.n_units; i++) {
        const noi_gazetteer_unit *u = &the_city.units[i];
        char text[1024];
        snprintf(text, sizeof text, "%s %s", u->kind, u->name);
        noi_reading r = read_text(text);
        size_t n_expected = 0;
        for (size_t k = 0; k < the_city.n_units; k++)
            n_expected += strcmp(the_city.units[k].kind, u->kind) == 0 &&
                          noi_name_equal(noi_str_of(the_city.units[k].name), noi_str_of(u->name));
        assert_true(r.n_all >= n_expected);
        bool is_listed = false;
        for (size_t k = 0; k < r.n_units; k++) {
            is_listed |= r.units[k] == i;
            assert_true(k == 0 || r.units[k - 1] < r.units[k]);
        }
        if (!is_listed)
            print_message("'%s' gave %u units: %s\n", text, r.n_units, names_of(&r));
        assert_true(is_listed);
    }
}

/* ---- readings, one a line ------------------------------------------------------------------ */

typedef struct reading_case {
    const char *text, *units;
} reading_case;

static void check_cases(const reading_case *cases, size_t n) {
    size_t n_wrong = 0;
    for (size_t i = 0; i < n; i++) {
        noi_reading r = read_text(cases[i].text);
        if (strcmp(names_of(&r), cases[i].units) != 0) {
            print_message("'%s'\n    gave     '%s'\n    expected '%s'\n", cases[i].text,
                          names_of(&r), cases[i].units);
            n_wrong++;
        }
    }
    assert_int_equal(n_wrong, 0);
}
#define CHECK(cases) check_cases(cases, sizeof cases / sizeof *cases)

static void homonyms_stay_open(void **state) {
    (void)state;
    static const reading_case CASES[] = {
        {"Phường Tân Bình", "724:Tân Bình new:Tân Bình"},
        {"Phường Tân Bình, Quận Tân Bình", "724:Tân Bình new:Tân Bình"},
        {"Phường Tân Bình, TP.HCM", "new:Tân Bình"},
        {"Phường Hiệp Thành, TP.HCM", "718:Hiệp Thành 761:Hiệp Thành"}, /* today's province, too */
        {"Phường Hiệp Thành, Bình Dương", "718:Hiệp Thành"},
        {"Phường Tân Phú, Quận 7", "778:Tân Phú"},
        {"Phường Tân Phú", "769:Tân Phú 778:Tân Phú new:Tân Phú"},
        {"xa thanh an", "720:Thanh An 787:Thạnh An new:Thanh An new:Thạnh An"},
        {"xã Thanh An", "720:Thanh An 787:Thạnh An new:Thanh An new:Thạnh An"},
        {"12 Lê Lợi, xã Thanh An", "720:Thanh An new:Thanh An"},
        {"xã Thạnh An", "787:Thạnh An new:Thạnh An"},
        {"xã Thanh An, huyện Dầu Tiếng", "720:Thanh An"},
        {"xa thanh an, can gio", "787:Thạnh An"},
        {"Phường Sài Gòn (trước là phường Bến Nghé, quận 1)", "760:Bến Nghé new:Sài Gòn"},
    };
    CHECK(CASES);
    noi_reading r = read_text("Phường 1");
    assert_true(r.n_all >= 11);
    r = read_text("Phường Tân Bình, Quận Tân Bình");
    assert_true(r.district_conflicts);
    r = read_text("Phường Bến Nghé, Quận 3");
    assert_true(r.district_conflicts);
    assert_string_equal(names_of(&r), "760:Bến Nghé");
    r = read_text("Phường 14, Quận 5, Vũng Tàu");
    assert_true(r.district_conflicts);
    r = read_text("Phường 14, Quận 5, Hồ Chí Minh");
    assert_false(r.district_conflicts);
}

static void abbreviations_are_read(void **state) {
    (void)state;
    static const reading_case CASES[] = {
        {"123 Cộng Hòa P15 Q.TB TP.HCM", "766:15"},
        {"P.15,Q.TB", "766:15"},
        {"P15Q10", "771:15"},
        {"F15 Q10", "771:15"},
        {"F.15, Q.10", "771:15"},
        {"Ph. 15, Q. 10", "771:15"},
        {"P.BẾN NGHÉ,Q.1,TPHCM", "760:Bến Nghé"},
        {"p ben nghe q1 hcmc", "760:Bến Nghé"},
        {"TX. Tân Uyên, P. Khánh Bình, BD", "723:Khánh Bình"},
        {"TT. Nhà Bè, H. Nhà Bè", "786:Nhà Bè"},
        {"X. Bình Hưng, H.BC", "785:Bình Hưng"},
        {"Xà Bang, Châu Đức, BRVT", ""},
        {"Thôn Liên Sơn, Xà Bang, Châu Đức, BRVT", "750:Xà Bang"},
        {"xã Xà Bang, h. châu đức, br-vt", "750:Xà Bang"},
        {"XA XA BANG, HUYEN CHAU DUC", "750:Xà Bang"},
        {"P.1, TP. Vũng Tàu, BR-VT", "747:1"},
        {"Phường II, Q.3", "770:2"},
        {"Phường VII, Quận 3", "770:7"}, /* elsewhere wards are named "VII" */
        {"Phường IV, Quận 4", "773:4"},
        {"P.01 Q.05", "774:1"},
        {"Ward 12, District 4, HCMC", "773:12"},
        {"12 Dinh Le Street, Ward 13, District 4", "773:13"},
        {"Nguyen Cu Trinh Ward, District 1, Ho Chi Minh City", "760:Nguyễn Cư Trinh"},
        {"Ward 2, Tan Binh District", "766:2"},
        {"Phường 15 Tân Bình", "766:15"},
        {"phuong15 quan10", "771:15"},
        {"Phường 1-2, Quận 3", ""},
        {"Phường 12/3, Quận 4", ""},
        {"Phường 1 - Quận 3", "770:1"},
        {"P.11, Q.BThạnh", "765:11 765:11"}, /* before and after 2024-12-31 */
        {"P.25, Q. B.Thạnh", "765:25"},
        {"P.25, Q.BìnhThạnh", "765:25"},
        {"P. Linh Đông, TP.TĐ", "769:Linh Đông"},
        {"P. 8, TPVT", "747:8"},
        {"P.BếnNghé, Q1", "760:Bến Nghé"},
    };
    CHECK(CASES);
}

static void streets_are_not_wards(void **state) {
    (void)state;
    static const reading_case CASES[] = {
        {"đường Tân Phú", ""},
        {"đường Tân Phú, Quận 7", ""},
        {"Tân Phú, Quận 7", ""},
        {"123 Tân Phú, Quận 7", ""},
        {"Số 20 Số P4, Quận 8", ""},
        {"Số 20 P4, Quận 8", "776:4"},
        {"12 Lý Thường Kiệt, P9, Q10", "771:9"},
        {"12 Lý Thường Kiệt P9 Q10", "771:9"},
        {"12 kiệt 3 Lê Lợi, P9, Q10", "771:9"},
        {"123 đường Bến Nghé, phường Tân Thuận Đông, Quận 7", "778:Tân Thuận Đông"},
        {"12 Bến Nghé, P. Tân Thuận Đông, Q7", "778:Tân Thuận Đông"},
        {"12 Lê Lợi, Bến Nghé, Quận 1", "760:Bến Nghé"},
        {"12 Lê Lợi, Bến Nghé, Quận 7", ""},
        {"12 Ben Nghe Street, Tan Thuan Dong Ward, District 7", "778:Tân Thuận Đông"},
        {"Xa lộ Hà Nội, phường Thảo Điền, TP. Thủ Đức", "769:Thảo Điền"},
        {"số 5 tỉnh lộ 10, phường Tân Tạo, quận Bình Tân", "777:Tân Tạo"},
        {"5 Xuân Thới Thượng 22, xã Xuân Thới Thượng, Hóc Môn", "784:Xuân Thới Thượng"},
        {"cư xá Bắc Hải, phường 15, quận 10", "771:15"},
        {"gần chợ Bến Thành, phường Bến Thành, quận 1", "760:Bến Thành"},
        {"ấp Tân Phú, xã Tân Phú Trung, Củ Chi", "783:Tân Phú Trung"},
        {"phường Thới An Đông, Quận 12", ""},
        {"phuong thoi an dong, quan 12", ""},
        {"phường Thới An gọi trước, Quận 12", "761:Thới An"},
        {"phuong thoi an cu, quan 12", "761:Thới An"},
        {"phường Thới An 12 Lê Văn Khương, Quận 12", "761:Thới An"},
        {"phường Bình Hưng Hoà C, quận Bình Tân", ""},
    };
    CHECK(CASES);
}

static void older_and_newer_vintages_are_read(void **state) {
    (void)state;
    static const reading_case CASES[] = {
        {"Phường Thảo Điền, Quận 2", "769:Thảo Điền"},
        {"Phường Phú Hữu, Q.9", "769:Phú Hữu"},
        {"P. Hiệp Bình Phước, Q. Thủ Đức", "769:Hiệp Bình Phước"},
        {"Phường Mỹ Xuân, thị xã Phú Mỹ", "754:Mỹ Xuân"},
        {"Phường Sài Gòn", "new:Sài Gòn"},
        {"Phường Sài Gòn, Quận 1", "new:Sài Gòn"},
        {"Phường Thủ Dầu Một, Bình Dương", "new:Thủ Dầu Một"},
        {"Phường Bình Hòa, TP Thuận An, TP.HCM", "725:Bình Hòa"},
        {"Đặc khu Côn Đảo", "new:Côn Đảo"},
        {"Huyện Côn Đảo", "755:Côn Đảo"},
    };
    CHECK(CASES);
    noi_reading r = read_text("Phường Phú Hữu, Q.9");
    assert_int_equal(r.district_code, noi_code_parse("769", 3));
    r = read_text("Phường Sài Gòn, Quận 1");
    assert_false(r.district_conflicts);
}

static void noise_gives_nothing(void **state) {
    (void)state;
    static const char *const NOISE[] = {
        "",
        " ",
        ",,,",
        "lorem ipsum dolor sit amet",
        "0909 123 456",
        "gọi trước khi giao hàng",
        "12 Nguyễn Huệ",
        "Nguyễn Huệ, Lê Lợi",
        "P",
        "Q",
        "phường",
        "quận",
        "xã hội chủ nghĩa",
        "p.",
        "quán ăn ngon",
        "\xff\xfe\x80",
        "Công ty TNHH Tân Bình",
        "x x x x",
        "Tân Phú",
        "Bến Nghé",
        "P P P Q Q Q",
        "tầng 12",
        "phòng 15",
        "1 2 3 4 5",
        "TP.HCM",
        "Quận 1",
        "Quận 1, TP.HCM",
        "Phường Không Có Thật, Quận 1",
        "Phường 99, Quận 3",
        "Ward of the state",
        "district attorney",
        "Q: sao? A: không",
        "t t t",
        "h h",
        "The city of light",
        "f(x) = 12",
        "x = 5",
        "Phường Hàng Bạc, quận Hoàn Kiếm, Hà Nội",
        "Phường 1, thành phố Tân An, Long An",
        "12 Hoàng Diệu, Phường 6, Đà Lạt",
        "xã Tân Phú, huyện Tân Phú, tỉnh Đồng Nai",
    };
    for (size_t i = 0; i < sizeof NOISE / sizeof *NOISE; i++) {
        noi_reading r = read_text(NOISE[i]);
        if (r.n_units)
            print_message("'%s' gave %s\n", NOISE[i], names_of(&r));
        assert_int_equal(r.n_units, 0);
        assert_int_equal(r.n_all, 0);
    }
    assert_true(read_text("Phường 1, thành phố Tân An, Long An").other_province);
    assert_true(read_text("xã Tân Phú, huyện Tân Phú, tỉnh Đồng Nai").other_province);
    assert_false(read_text("Phường Bến Nghé, TP.HCM").other_province);
}

static void typing_errors_need_kind_and_district(void **state) {
    (void)state;
    static const struct {
        const char *text, *units;
        bool with_typo;
    } CASES[] = {
        {"Phường Bến Nhgé, Quận 1", "760:Bến Nghé", true},
        {"Phường Bến Thàn, Quận 1", "760:Bến Thành", true},
        {"phường Ben Nghee, quan 1", "760:Bến Nghé", true},
        {"X.Phước Kiểng, H.Nhà Bè", "786:Phước Kiển", true},
        {"P. Bến Nhgé, Q.1", "760:Bến Nghé", true},
        {"Phường Bến Nhgé", "", false},
        {"Bến Nhgé, Quận 1", "", false},
        {"Phường Tân Thuận Nam, Quận 7", "", false}, /* two edits from Đông and from Tây */
        {"Phường 99, Quận 3", "", false},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        noi_reading r = read_text(CASES[i].text);
        assert_string_equal(names_of(&r), CASES[i].units);
        assert_int_equal(r.with_typo, CASES[i].with_typo);
    }
}

/* One letter of a name lost, in every unit at every place: the unit itself, or nothing, or several;
 * never another alone. */
static void one_lost_letter_never_names_another_unit(void **state) {
    (void)state;
    size_t n_right = 0, n_open = 0;
    for (size_t i = 0; i < the_city.n_units; i++) {
        const noi_gazetteer_unit *u = &the_city.units[i];
        if (!is_old(u) || strcmp(u->kind, "huyện") == 0 || (u->name[0] >= '0' && u->name[0] <= '9'))
            continue;
        for (size_t cut = 1; cut < strlen(u->name); cut++) {
            size_t n = 1;
            while ((u->name[cut + n] & 0xC0) == 0x80)
                n++;
            if ((u->name[cut] & 0xC0) == 0x80 || u->name[cut] == ' ' || u->name[cut - 1] == ' ')
                continue;
            char text[512];
            snprintf(text, sizeof text, "%s %.*s%s, %s %s", u->kind, (int)cut, u->name,
                     u->name + cut + n, u->district_kind, u->district_name);
            noi_reading r = read_text(text);
            bool is_listed = false;
            for (size_t k = 0; k < r.n_units; k++)
                is_listed |= r.units[k] == i;
            if (r.n_units == 1 && !is_listed && !r.district_conflicts)
                print_message("'%s' gave %s\n", text, names_of(&r));
            assert_true(r.n_units != 1 || is_listed || r.district_conflicts);
            n_right += r.n_units == 1 && is_listed;
            n_open += r.n_units != 1;
        }
    }
    print_message("one letter lost: %zu right, %zu left open\n", n_right, n_open);
    assert_true(n_right > n_open);
}

/* ---- views --------------------------------------------------------------------------------- */

#define assert_view(view, text)                                                                    \
    do {                                                                                           \
        char copy_[256];                                                                           \
        snprintf(copy_, sizeof copy_, "%.*s", NOI_STR_ARG(view));                                  \
        assert_string_equal(copy_, text);                                                          \
    } while (0)

static void the_parts_are_kept_as_written(void **state) {
    (void)state;
    noi_reading r = read_text("1806/127/2/6 Huỳnh Tấn Phát, tổ 15, khu phố 6, TT. Nhà Bè, "
                              "H.Nhà Bè, TP. Hồ Chí Minh");
    assert_view(r.house, "1806/127/2/6");
    assert_view(r.street, "Huỳnh Tấn Phát");
    assert_view(r.hamlet, "tổ 15, khu phố 6");
    assert_view(r.ward, "TT. Nhà Bè");
    assert_view(r.district, "H.Nhà Bè");
    assert_view(r.province, "TP. Hồ Chí Minh");
    assert_int_equal(r.province_code, noi_code_parse("79", 2));
    assert_int_equal(r.district_code, noi_code_parse("786", 3));
    r = read_text("12, Hoang Dieu Street, Ward 12, District 4");
    assert_view(r.house, "12");
    assert_view(r.street, "Hoang Dieu");
    assert_view(r.ward, "Ward 12");
    r = read_text("Số 45A đường 3 Tháng 2, P.11, Q.10");
    assert_view(r.house, "45A");
    assert_view(r.street, "3 Tháng 2");
    r = read_text("ấp 2, xã Bình Hưng, huyện Bình Chánh");
    assert_view(r.hamlet, "ấp 2");
    assert_int_equal(r.house.n, 0);
    r = read_text("giao cho anh Nam, 12 Đ.Nguyễn Huệ, P.Bến Nghé, Q1");
    assert_view(r.house, "12");
    assert_view(r.street, "Nguyễn Huệ");
    r = read_text("Binh Thang Ward, Di An City");
    assert_int_equal(r.street.n, 0);
    r = read_text("Số 1 Công xã Paris, Bến Nghé, Quận 1");
    assert_view(r.street, "Công xã Paris");
    assert_view(r.ward, "Bến Nghé");
    r = read_text("12 Nguyễn Huệ, P. Bến Nghé, Q1");
    assert_view(r.street, "Nguyễn Huệ");
    assert_false(r.without_marks);
    assert_true(read_text("p. ben nghe, q1").without_marks);
}

/* ---- the gazetteer ------------------------------------------------------------------------- */

static void a_damaged_gazetteer_is_refused_or_harmless(void **state) {
    (void)state;
    const noi_gazetteer *g = NULL;
    size_t n = the_city.bytes.n, n_refused = 0, n_taken = 0;
    char *copy = noi_alloc(n);
    for (size_t cut = 0; cut < n; cut += n / 37) {
        memcpy(copy, the_city.bytes.p, n);
        assert_int_equal(noi_gazetteer_attach(&g, copy, cut), NOI_ERR_INPUT);
    }
    unsigned seed = 11;
    for (int round = 0; round < 300; round++) {
        memcpy(copy, the_city.bytes.p, n);
        for (int k = 0; k <= round % 5; k++) {
            seed = seed * 1103515245u + 12345u;
            size_t at = round % 3 == 0 ? (seed >> 8) % 128 : (seed >> 4) % n;
            seed = seed * 1103515245u + 12345u;
            copy[at] = (char)(seed >> 16);
        }
        if (noi_gazetteer_attach(&g, copy, n) != NOI_OK) {
            n_refused++;
            continue;
        }
        n_taken++;
        noi_reading r;
        noi_address_read(&r, g, NOI_STR("12 Lê Lợi, Phường Bến Nghé, Q.TB, TP.HCM"));
        noi_address_read(&r, g, NOI_STR("Phường 1, xã Thanh An, phường Bến Nhgé, quận 1"));
    }
    free(copy);
    print_message("damaged gazetteers: %zu refused, %zu taken and read\n", n_refused, n_taken);
    assert_true(n_refused > 0 && n_taken > 0);
}

static void the_same_units_give_the_same_bytes(void **state) {
    (void)state;
    city again;
    assert_true(city_open(&again, false));
    assert_int_equal(again.bytes.n, the_city.bytes.n);
    assert_memory_equal(again.bytes.p, the_city.bytes.p, again.bytes.n);
    city_close(&again);
    noi_buf empty = {0};
    const noi_gazetteer *g = NULL;
    assert_int_equal(noi_gazetteer_build(&empty, NULL, 0, NULL, 0), NOI_OK);
    assert_int_equal(noi_gazetteer_attach(&g, empty.p, empty.n), NOI_OK);
    noi_reading r;
    noi_address_read(&r, g, NOI_STR("Phường 1, Quận 3, TP.HCM"));
    assert_int_equal(r.n_units, 0);
    noi_buf_free(&empty);
}

static void a_unit_without_a_readable_name_is_refused(void **state) {
    (void)state;
    noi_gazetteer_unit unit = {.code = noi_code_parse("00001", 5), .kind = "phường", .name = " - "};
    NOI_AUTO_BUF noi_buf out = {0};
    assert_int_equal(noi_gazetteer_build(&out, &unit, 1, NULL, 0), NOI_ERR_INPUT);
    assert_string_equal(noi_error_message(),
                        "unit 00001 has the name ' - ', which no address can be read by");
    assert_int_equal(out.n, 0);
    /* Units with a district of their own each, and names of ten words: the tables grow. */
    enum { N = 3000 };
    noi_gazetteer_unit *many = noi_alloc_zero(N, sizeof *many);
    noi_arena *arena = noi_arena_new();
    for (unsigned i = 0; i < N; i++)
        many[i] =
            (noi_gazetteer_unit){.code = noi_code_parse("00001", 5) + i,
                                 .kind = "xã",
                                 .name = noi_arena_format(arena, "a%ub c%ud e%uf g", i, i, i),
                                 .district_code = noi_code_parse("001", 3) + i,
                                 .district_kind = "huyện",
                                 .district_name = noi_arena_format(arena, "xx%uyy zz%u", i, i),
                                 .province_name = "Tỉnh Bình Dương",
                                 .province_code = noi_code_parse("74", 2)};
    assert_int_equal(noi_gazetteer_build(&out, many, N, NULL, 0), NOI_OK);
    const noi_gazetteer *g = NULL;
    assert_int_equal(noi_gazetteer_attach(&g, out.p, out.n), NOI_OK);
    noi_reading r;
    noi_address_read(&r, g, NOI_STR("xã A2999B C2999D E2999F G, huyện xx2999yy zz2999"));
    assert_int_equal(r.n_units, 1);
    assert_int_equal(r.units[0], 2999);
    free(many);
    noi_arena_free(arena);
}

/* The units of the country with district and province, in the first spellings: always listed; how
 * often alone is told. */
static void every_unit_of_the_country_is_read(void **state) {
    (void)state;
    city country;
    assert_true(city_open(&country, true));
    size_t n_texts = 0, n_missing = 0, n_several = 0;
    for (size_t i = 0; i < country.n_units; i++) {
        const noi_gazetteer_unit *u = &country.units[i];
        if (!is_old(u) || strcmp(u->kind, "huyện") == 0)
            continue;
        for (int how = 0; how < 7; how++) {
            char text[1024];
            spell(text, u, how);
            noi_reading r;
            noi_address_read(&r, country.gazetteer, noi_str_of(text));
            size_t n_old = 0;
            bool is_listed = false;
            for (size_t k = 0; k < r.n_units; k++) {
                n_old += is_old(&country.units[r.units[k]]);
                is_listed |= r.units[k] == i;
            }
            if (!is_listed && n_missing < 40)
                print_message("'%s' gave %u units%s%s\n", text, r.n_units,
                              r.district_conflicts ? ", conflict" : "",
                              r.n_units ? country.units[r.units[0]].name : "");
            n_missing += !is_listed;
            n_several += is_listed && n_old > 1;
            n_texts++;
        }
    }
    print_message("the country: %zu texts, %zu without the unit, %zu with several of the eve\n",
                  n_texts, n_missing, n_several);
    assert_int_equal(n_missing, 0);
    assert_true(n_several * 500 < n_texts);
    city_close(&country);
}

static void the_whole_country_is_built_quickly(void **state) {
    (void)state;
    city country;
    assert_true(city_open(&country, true));
    assert_int_equal(country.n_units, 10040 + 3321);
    noi_buf bytes = {0};
    uint64_t start = noi_monotonic_ns();
    assert_int_equal(noi_gazetteer_build(&bytes, country.units, country.n_units, country.aliases,
                                         country.n_aliases),
                     NOI_OK);
    uint64_t built = noi_monotonic_ns();
    const noi_gazetteer *g = NULL;
    assert_int_equal(noi_gazetteer_attach(&g, bytes.p, bytes.n), NOI_OK);
    uint64_t attached = noi_monotonic_ns();
    print_message("the country: %zu KiB, built in %.0f ms, attached in %.1f ms (sanitized)\n",
                  bytes.n / 1024, (double)(built - start) / 1e6, (double)(attached - built) / 1e6);
    assert_true(built - start < 5000000000u);
    assert_true(attached - built < 500000000u);
    noi_buf_free(&bytes);
    city_close(&country);
}

static void long_texts_take_linear_time(void **state) {
    (void)state;
    static const char *const PIECES[] = {"phường ",   "P1 Q1 ", "xã Tân Phú ",
                                         "1/",        "đường ", "tân ",
                                         "a\xcc\x81", ",",      "Phường Bến Nhgé, Quận 1, "};
    for (size_t i = 0; i < sizeof PIECES / sizeof *PIECES; i++) {
        NOI_AUTO_BUF noi_buf text = {0};
        while (text.n < 300000)
            noi_buf_add_str(&text, PIECES[i]);
        noi_reading r;
        uint64_t start = noi_monotonic_ns();
        noi_address_read(&r, the_city.gazetteer, noi_buf_view(&text));
        uint64_t took = noi_monotonic_ns() - start;
        if (took > 2000000000u)
            print_message("%zu bytes of '%s' took %.1f s\n", text.n, PIECES[i], (double)took / 1e9);
        assert_true(took < 2000000000u);
    }
}

/* ---- real addresses ------------------------------------------------------------------------ */

/* 1,565 points of interest of 2021 with addresses in English order. Their code column is where the
 * point lies among the units of 2025, not what the text says; so the text itself is the judge: its
 * "Ward N, District M" read by a pattern as simple as the file. */
static void points_of_interest_are_read_right(void **state) {
    (void)state;
    const char *shared = getenv("NOI_SHARED");
    char path[1024];
    snprintf(path, sizeof path, "%s/addresses/cityscope_poi_hcmc_2021.csv",
             shared ? shared : "../shared");
    NOI_AUTO(noi_csv_closep) noi_csv *csv = NULL;
    if (noi_csv_open(&csv, path) != NOI_OK) {
        print_message("SKIPPED LOUDLY: ../shared is absent\n");
        return;
    }
    int column = noi_csv_column(csv, "address_en_style"),
        code = noi_csv_column(csv, "pip_old_code_2025");
    noi_csv_row row;
    size_t n = 0, n_one = 0, n_right = 0, n_numbered = 0, n_open = 0, n_point_agrees = 0;
    while (noi_csv_next(&row, csv)) {
        n++;
        NOI_AUTO_FREE char *text = noi_strndup(row.field[column].p, row.field[column].n);
        noi_reading r = read_text(text);
        char *ward = strstr(text, "Ward "), *district = strstr(text, "District 4");
        size_t n_units = 0, old = 0; /* in force on the eve of the change */
        for (size_t i = 0; i < r.n_units; i++)
            if (is_old(unit_of(&r, i))) {
                n_units++;
                old = i;
            }
        if (n_units == 1)
            n_one++;
        bool names_two = ward && strstr(ward + 1, "Ward ");
        if (ward && district && !names_two && ward[5] >= '0' && ward[5] <= '9') {
            n_numbered++;
            char name[16];
            snprintf(name, sizeof name, "%.*s", (int)strspn(ward + 5, "0123456789"), ward + 5);
            /* Every unit listed, of whatever day, must be what the text says. */
            bool is_right = r.n_units > 0 && !r.district_conflicts;
            for (size_t i = 0; i < r.n_units; i++)
                is_right &= unit_of(&r, i)->district_code == noi_code_parse("773", 3) &&
                            noi_name_equal(noi_str_of(unit_of(&r, i)->name), noi_str_of(name));
            bool is_unknown = r.n_units == 0 || r.district_conflicts;
            if (!is_right && !is_unknown)
                print_message("poi: '%s' gave '%s'\n", text, names_of(&r));
            n_right += is_right;
            n_open += !is_right && is_unknown;
        } else if (r.n_units != 1) {
            print_message("poi left open: '%s' gave '%s'\n", text, names_of(&r));
        }
        if (n_units == 1)
            n_point_agrees +=
                unit_of(&r, old)->code == noi_code_parse(row.field[code].p, row.field[code].n);
    }
    print_message("points of interest: %zu, one unit of the eve read in %zu; 'Ward N, District 4' "
                  "%zu: right %zu, open %zu; point lies in the unit read: %zu\n",
                  n, n_one, n_numbered, n_right, n_open, n_point_agrees);
    assert_int_equal(n_right + n_open, n_numbered);
    assert_true(n_right * 100 >= n_numbered * 98);
}

/* The street names of 2019, many of them named like wards or districts: alone with their district
 * they name no ward, and beside a ward they do not change it. */
static void street_names_are_never_wards(void **state) {
    (void)state;
    const char *shared = getenv("NOI_SHARED");
    char path[1024];
    snprintf(path, sizeof path, "%s/addresses/streets_by_district_2019.csv",
             shared ? shared : "../shared");
    NOI_AUTO(noi_csv_closep) noi_csv *csv = NULL;
    if (noi_csv_open(&csv, path) != NOI_OK) {
        print_message("SKIPPED LOUDLY: ../shared is absent\n");
        return;
    }
    static const char *const FORMS[] = {"12 %.*s, %.*s", "%.*s, %.*s", "đường %.*s, %.*s",
                                        "12/3 %.*s, %.*s, TP.HCM", "12 đường %.*s %.*s"};
    int district = noi_csv_column(csv, "district_2019"), street = noi_csv_column(csv, "street");
    noi_csv_row row;
    size_t n = 0, n_read = 0, n_changed = 0;
    while (noi_csv_next(&row, csv)) {
        char text[1024];
        snprintf(text, sizeof text, "%.*s", NOI_STR_ARG(row.field[street]));
        char *letter = strpbrk(text, "PF");
        if ((letter && isdigit(letter[1])) || strstr(text, "Thị Trấn") ||
            noi_str_is(row.field[district], "Huyện Côn Đảo"))
            continue; /* "P4" and "Thị Trấn Tân Hiệp" do say ward; Côn Đảo is a unit itself */
        for (size_t f = 0; f < sizeof FORMS / sizeof *FORMS; f++, n++) {
            snprintf(text, sizeof text, FORMS[f], NOI_STR_ARG(row.field[street]),
                     NOI_STR_ARG(row.field[district]));
            noi_reading r = read_text(text);
            if (r.n_units && n_read < 30)
                print_message("'%s' gave %s\n", text, names_of(&r));
            n_read += r.n_units > 0;
        }
        snprintf(text, sizeof text, "12/3 %.*s, phường Bến Nghé, quận 1, TP.HCM",
                 NOI_STR_ARG(row.field[street]));
        noi_reading r = read_text(text);
        if (strcmp(names_of(&r), "760:Bến Nghé") != 0 && n_changed < 30)
            print_message("'%s' gave %s\n", text, names_of(&r));
        n_changed += strcmp(names_of(&r), "760:Bến Nghé") != 0;
    }
    print_message("street names: %zu texts, %zu read as a ward, %zu changed the ward beside them\n",
                  n, n_read, n_changed);
    assert_int_equal(n_read, 0);
    assert_int_equal(n_changed, 0);
}

/* A ward of one district beside the name of another: never one unit without the warning. */
static void a_wrong_district_is_never_silent(void **state) {
    (void)state;
    for (size_t i = 0; i < the_city.n_units; i++) {
        const noi_gazetteer_unit *u = &the_city.units[i];
        const noi_gazetteer_unit *other = &the_city.units[(i * 7919 + 101) % the_city.n_units];
        if (!is_old(u) || !is_old(other) || other->district_code == u->district_code)
            continue;
        char text[512];
        snprintf(text, sizeof text, "12 Lê Lợi, %s %s, %s %s", u->kind, u->name,
                 other->district_kind, other->district_name);
        noi_reading r = read_text(text);
        for (size_t k = 0; k < r.n_units && !r.district_conflicts; k++) {
            const noi_gazetteer_unit *got = unit_of(&r, k);
            assert_true(got->district_code == other->district_code || got->district_code == 0);
            assert_true(noi_name_equal(noi_str_of(got->name), noi_str_of(u->name)));
        }
    }
}

static bool is_of_the_city(const noi_gazetteer_unit *u) {
    return u->province_code == noi_code_parse("79", 2) ||
           u->province_code == noi_code_parse("74", 2) ||
           u->province_code == noi_code_parse("77", 2);
}

/* The country's units read with a gazetteer that knows the city only: with the province nothing;
 * without it never one unit without a warning. */
static void places_outside_are_not_taken_for_the_city(void **state) {
    (void)state;
    city country;
    assert_true(city_open(&country, true));
    size_t n = 0, n_silent = 0, n_named = 0;
    for (size_t i = 0; i < country.n_units; i++) {
        const noi_gazetteer_unit *u = &country.units[i];
        if (is_of_the_city(u) || !is_old(u))
            continue;
        char text[1024];
        snprintf(text, sizeof text, "12 Lê Lợi, %s %s, %s %s, %s", u->kind, u->name,
                 u->district_kind, u->district_name, u->province_name);
        noi_reading r = read_text(text);
        if ((!r.other_province || r.n_units) && n_named++ < 20)
            print_message("'%s' gave '%s'\n", text, names_of(&r));
        snprintf(text, sizeof text, "12 Lê Lợi, %s %s, %s %s", u->kind, u->name, u->district_kind,
                 u->district_name);
        r = read_text(text);
        if (r.n_units == 1 && !r.district_conflicts && n_silent++ < 40)
            print_message("'%s' gave '%s'\n", text, names_of(&r));
        n++;
    }
    print_message("outside: %zu units; %zu read with their province, %zu silently without it\n", n,
                  n_named, n_silent);
    assert_int_equal(n_named, 0);
    assert_int_equal(n_silent, 0);
    city_close(&country);
}

/* The new units of the country, as they are written since 2025-07-01. */
static void every_new_unit_is_read(void **state) {
    (void)state;
    city country;
    assert_true(city_open(&country, true));
    size_t n_missing = 0, n = 0, n_alone = 0;
    for (size_t i = 0; i < country.n_units; i++) {
        const noi_gazetteer_unit *u = &country.units[i];
        if (is_old(u))
            continue;
        const char *const FORMS[] = {"12 Lê Lợi, %s %s, %s", "%s %s %s", "%s %s - %s"};
        for (size_t f = 0; f < 4; f++, n++) {
            char text[1024], plain[1024];
            snprintf(text, sizeof text, FORMS[f % 3], u->kind, u->name, u->province_name);
            if (f == 3) {
                bare(plain, text);
                snprintf(text, sizeof text, "%s", plain);
            }
            noi_reading r;
            noi_address_read(&r, country.gazetteer, noi_str_of(text));
            bool is_listed = false;
            for (size_t k = 0; k < r.n_units; k++)
                is_listed |= r.units[k] == i;
            if (!is_listed && n_missing++ < 20)
                print_message("'%s' gave %u units\n", text, r.n_units);
            n_alone += is_listed && r.n_units == 1;
        }
    }
    print_message("new units: %zu texts, %zu without the unit, %zu with it alone\n", n, n_missing,
                  n_alone);
    assert_int_equal(n_missing, 0);
    city_close(&country);
}

static int open_city(void **state) {
    (void)state;
    return city_open(&the_city, false) ? 0 : -1;
}

static int close_city(void **state) {
    (void)state;
    city_close(&the_city);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_old_unit_is_read_in_every_spelling),
        cmocka_unit_test(without_a_district_all_homonyms_are_listed),
        cmocka_unit_test(homonyms_stay_open),
        cmocka_unit_test(abbreviations_are_read),
        cmocka_unit_test(streets_are_not_wards),
        cmocka_unit_test(older_and_newer_vintages_are_read),
        cmocka_unit_test(noise_gives_nothing),
        cmocka_unit_test(typing_errors_need_kind_and_district),
        cmocka_unit_test(one_lost_letter_never_names_another_unit),
        cmocka_unit_test(the_parts_are_kept_as_written),
        cmocka_unit_test(a_damaged_gazetteer_is_refused_or_harmless),
        cmocka_unit_test(the_same_units_give_the_same_bytes),
        cmocka_unit_test(a_unit_without_a_readable_name_is_refused),
        cmocka_unit_test(every_unit_of_the_country_is_read),
        cmocka_unit_test(the_whole_country_is_built_quickly),
        cmocka_unit_test(long_texts_take_linear_time),
        cmocka_unit_test(points_of_interest_are_read_right),
        cmocka_unit_test(street_names_are_never_wards),
        cmocka_unit_test(a_wrong_district_is_never_silent),
        cmocka_unit_test(places_outside_are_not_taken_for_the_city),
        cmocka_unit_test(every_new_unit_is_read),
    };
    return cmocka_run_group_tests_name("address/reader", tests, open_city, close_city);
}
