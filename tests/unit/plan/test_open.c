/* Plan: the same source gives the same bytes; a plan with any byte changed, or cut anywhere, is
 * refused; with its hash mended by an attacker it still never crashes; units are found by day. */
#include "testing.h"

#include "drawn_plan.h"

#include "base/digest.h"

static noi_buf bytes;

static int build(void **state) {
    (void)state;
    return drawn_plan_bytes(&bytes, true) == NOI_OK ? 0 : -1;
}

static int forget(void **state) {
    (void)state;
    noi_buf_free(&bytes);
    return 0;
}

static void the_same_source_gives_the_same_bytes(void **state) {
    (void)state;
    noi_buf again = {0};
    assert_int_equal(drawn_plan_bytes(&again, true), NOI_OK);
    assert_int_equal(again.n, bytes.n);
    assert_memory_equal(again.p, bytes.p, bytes.n);
    noi_buf_free(&again);
}

static void a_changed_byte_or_a_cut_is_refused(void **state) {
    (void)state;
    char *copy = noi_alloc(bytes.n);
    noi_plan *plan = NULL;
    for (size_t at = 0; at < bytes.n; at += 1 + at / 7) {
        memcpy(copy, bytes.p, bytes.n);
        copy[at] = (char)(copy[at] ^ 0x41);
        assert_int_equal(noi_plan_attach(&plan, copy, bytes.n), NOI_ERR_INPUT);
    }
    for (size_t n = 0; n < bytes.n; n += 1 + n / 5) {
        char *cut = noi_alloc(n);
        memcpy(cut, bytes.p, n);
        assert_int_equal(noi_plan_attach(&plan, cut, n), NOI_ERR_INPUT);
        free(cut);
    }
    assert_null(plan);
    free(copy);
}

static void judge_some(const noi_plan *plan) {
    const char *text = "20010702Phường 1, Quận 1";
    int32_t code[] = {0, 5, 8, 8}, words[] = {8, 8, 8, (int32_t)strlen(text)};
    double lon[] = {lon_at(2.5), NAN, lon_at(5)}, lat[] = {lat_at(1), NAN, lat_at(3)};
    noi_records r = {.n = 3, .text = {words, text}, .old_code = {code, text}, .lon = lon,
                     .lat = lat, .default_error_m = 10, .as_of = NOI_DAY_NONE};
    noi_verdict v[3];
    assert_int_equal(noi_judge(v, plan, &r), NOI_OK);
}

/* Whoever can mend the hash can write any number: attach must catch it or the judge must bear it. */
static void a_plan_forged_with_its_hash_never_crashes(void **state) {
    (void)state;
    char *copy = noi_alloc(bytes.n);
    uint64_t seed = 1;
    size_t opened = 0;
    for (int round = 0; round < 4000; round++) {
        memcpy(copy, bytes.p, bytes.n);
        for (int k = 0; k < 3; k++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            copy[72 + (seed >> 20) % (bytes.n - 72)] = (char)(seed >> 56);
        }
        char hash[NOI_DIGEST_HEX];
        noi_digest_bytes(hash, copy + 72, bytes.n - 72);
        memcpy(copy + 8, hash, 64);
        noi_plan *plan = NULL;
        if (noi_plan_attach(&plan, copy, bytes.n) != NOI_OK)
            continue;
        opened++;
        judge_some(plan);
        noi_plan_close(plan);
    }
    assert_true(opened > 0);
    free(copy);
}

static void units_are_found_by_their_day(void **state) {
    (void)state;
    noi_plan *plan = NULL;
    assert_int_equal(noi_plan_attach(&plan, bytes.p, bytes.n), NOI_OK);
    assert_int_equal(noi_plan_find(plan, code5("20013"), 20000), F_CODE);
    assert_int_equal(noi_plan_find(plan, code5("20013"), EVE), E);
    assert_int_equal(noi_plan_find(plan, code5("20013"), DAY), Y);
    assert_int_equal(noi_plan_find(plan, code5("20019"), EVE), NOI_NO_UNIT);
    uint32_t first;
    assert_int_equal(noi_plan_find_all(&first, plan, code5("20013")), 3);
    uint16_t eve[4];
    assert_int_equal(noi_plan_forward_to_eve(eve, 4, plan, F), 1);
    assert_int_equal(eve[0], E);
    assert_int_equal(strlen(noi_plan_hash(plan)), 64);
    noi_unit_info info;
    assert_int_equal(noi_plan_unit(&info, plan, X), NOI_OK);
    assert_string_equal(info.full_name, "Phường Hòa Bình");
    assert_int_equal(noi_plan_unit(&info, plan, N_UNITS), NOI_ERR_USAGE);
    noi_plan_close(plan);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_source_gives_the_same_bytes),
        cmocka_unit_test(a_changed_byte_or_a_cut_is_refused),
        cmocka_unit_test(a_plan_forged_with_its_hash_never_crashes),
        cmocka_unit_test(units_are_found_by_their_day),
    };
    return cmocka_run_group_tests(tests, build, forget);
}
