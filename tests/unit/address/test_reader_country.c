/*
 * Plan: damaged gazetteers are refused or harmless; the country is built and read; linear time; and
 * real addresses of ../shared, loudly skipped when they are not there.
 */
#include "tests/unit/address/reader_testing.h"

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

/* Random bytes hold "P6 ... Q5" by chance now and then; they are no text. */
static void random_bytes_name_no_unit(void **state) {
    (void)state;
    uint64_t seed = 1;
    char bytes[600];
    for (int round = 0; round < 20000; round++) {
        for (size_t i = 0; i < sizeof bytes; i++) {
            seed = seed * UINT64_C(6364136223846793005) + 1;
            bytes[i] = (char)(seed >> 56);
        }
        noi_reading r;
        noi_address_read(&r, the_city.gazetteer, (noi_str){bytes, sizeof bytes});
        assert_int_equal(r.n_units, 0);
    }
    /* a stray sign or two, as spreadsheets leave them, is no reason to give a text up */
    noi_reading r = read_text("12 L\x1e\xc3\xaa L\xe1\xbb\xa3i, Ph\xc6\xb0\xe1\xbb\x9dng 13\x02, Qu\xe1\xba\xadn 4\xff");
    assert_int_equal(r.n_units, 1);
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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_damaged_gazetteer_is_refused_or_harmless),
        cmocka_unit_test(the_same_units_give_the_same_bytes),
        cmocka_unit_test(a_unit_without_a_readable_name_is_refused),
        cmocka_unit_test(every_unit_of_the_country_is_read),
        cmocka_unit_test(the_whole_country_is_built_quickly),
        cmocka_unit_test(random_bytes_name_no_unit),
        cmocka_unit_test(long_texts_take_linear_time),
        cmocka_unit_test(points_of_interest_are_read_right),
        cmocka_unit_test(street_names_are_never_wards),
        cmocka_unit_test(a_wrong_district_is_never_silent),
        cmocka_unit_test(places_outside_are_not_taken_for_the_city),
        cmocka_unit_test(every_new_unit_is_read),
    };
    return cmocka_run_group_tests_name("address/reader_country", tests, open_city, close_city);
}
