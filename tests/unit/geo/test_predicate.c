/* Plan: orientation has the exact sign where doubles alone would not: compared with 128-bit integers
 * on a grid of ulps around a line, under shifts of the coordinates, and on lines given by hand. */
#include "testing.h"

#include "geo/predicate.h"

__extension__ typedef __int128 wide;

/* Numbers k / 2^44 for k below 2^57 are exact doubles or not; those used here have 53 bits at most,
 * so integers of the same k tell the truth. */
static int exact_sign(const int64_t k[6]) {
    wide left = (wide)(k[2] - k[0]) * (k[5] - k[1]);
    wide right = (wide)(k[3] - k[1]) * (k[4] - k[0]);
    return (left > right) - (left < right);
}

static int sign_of(double value) {
    return (value > 0) - (value < 0);
}

static int our_sign(const int64_t k[6], int exactly) {
    double v[6];
    for (int i = 0; i < 6; i++)
        v[i] = ldexp((double)k[i], -44);
    return sign_of(exactly ? noi_orient_exactly(v[0], v[1], v[2], v[3], v[4], v[5])
                           : noi_orient(v[0], v[1], v[2], v[3], v[4], v[5]));
}

static void near_ties_have_the_exact_sign(void **state) {
    (void)state;
    const int64_t unit = 1LL << 44, a = 106 * unit + 1, b = 10 * unit + 3;
    size_t ties = 0;
    for (int64_t i = -20; i <= 20; i++)
        for (int64_t j = -20; j <= 20; j++) {
            /* the point lies ulps away from the middle of a long diagonal */
            int64_t k[6] = {a, b, a + 1000000 * 2, b + 700000 * 2, a + 1000000 + i,
                            b + 700000 + j};
            int want = exact_sign(k);
            ties += want == 0;
            assert_int_equal(our_sign(k, 0), want);
            assert_int_equal(our_sign(k, 1), want);
        }
    assert_true(ties >= 1);
}

static void random_triangles_have_the_exact_sign(void **state) {
    (void)state;
    uint64_t seed = 88172645463325252u;
    for (int n = 0; n < 200000; n++) {
        int64_t k[6];
        for (int i = 0; i < 6; i++) {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            k[i] = (int64_t)(seed >> (n % 3 == 0 ? 58 : n % 3 == 1 ? 40 : 13)) + (106LL << 44);
        }
        assert_int_equal(our_sign(k, 0), exact_sign(k));
    }
}

static void turning_the_line_turns_the_sign(void **state) {
    (void)state;
    assert_true(noi_orient(0, 0, 1, 1, 0, 1) > 0);
    assert_true(noi_orient(1, 1, 0, 0, 0, 1) < 0);
    assert_true(noi_orient(0.1, 0.1, 0.3, 0.3, 0.2, 0.2) == 0);
    assert_true(noi_orient(5, 5, 5, 5, 1, 2) == 0);
}

NOI_TEST_MAIN(cmocka_unit_test(near_ties_have_the_exact_sign),
              cmocka_unit_test(random_triangles_have_the_exact_sign),
              cmocka_unit_test(turning_the_line_turns_the_sign))
