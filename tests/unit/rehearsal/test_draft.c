/* The draft layer: what was planted is found, in every seed, and nothing else. */
#include "geo/check.h"
#include "rehearsal/draft.h"
#include "testing.h"

#include <stdio.h>
#include <string.h>

static noi_draft *draft_of(uint64_t seed) {
    noi_city *city = NULL;
    noi_draft *draft = NULL;
    assert_int_equal(noi_city_make(&city, NOI_CITY_SMALL, seed), NOI_OK);
    if (noi_draft_make(&draft, city) != NOI_OK)
        fail_msg("seed %llu: %s", (unsigned long long)seed, noi_error_message());
    noi_city_free(city);
    return draft;
}

/* Codes of the units of a defect, as the key writes them. */
static void subject_of(char out[24], const noi_draft *draft, const noi_defect *d) {
    const noi_coverage *c = draft->layer->coverage;
    noi_code a = d->unit_a < c->n_units ? c->unit_code[d->unit_a] : 0;
    noi_code b = d->unit_b < c->n_units ? c->unit_code[d->unit_b] : 0;
    char first[8], second[8];
    noi_code_format(first, b && b < a ? b : a);
    noi_code_format(second, b && b < a ? a : b);
    snprintf(out, 24, "%s%s%s", first, b ? " " : "", b ? second : "");
}

static bool is_of_the_coverage(const char *rule) { /* not of what the law says */
    return strcmp(rule, "L06") >= 0 && strcmp(rule, "L18") <= 0 && strcmp(rule, "L09") != 0 &&
           strcmp(rule, "L10") != 0;
}

static void compare(const noi_draft *draft, uint64_t seed) {
    NOI_AUTO(noi_defects_freep) noi_defects *d = NULL;
    assert_int_equal(noi_coverage_check(&d, draft->layer->coverage, NULL), NOI_OK);
    size_t planted = 0;
    for (size_t i = 0; i < draft->n; i++) {
        if (!is_of_the_coverage(draft->planted[i].rule))
            continue;
        planted++;
        bool found = false;
        for (size_t k = 0; k < d->n && !found; k++) {
            char subject[24];
            subject_of(subject, draft, &d->items[k]);
            found = strcmp(noi_defect_rule(d->items[k].kind), draft->planted[i].rule) == 0 &&
                    strcmp(subject, draft->planted[i].subject) == 0;
        }
        if (!found)
            fail_msg("seed %llu: %s %s was planted and not found", (unsigned long long)seed,
                     draft->planted[i].rule, draft->planted[i].subject);
    }
    assert_int_equal(d->n, planted);
}

static void every_seed_has_room_for_the_defects(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 12; seed++) {
        NOI_AUTO(noi_draft_freep) noi_draft *draft = draft_of(seed);
        assert_int_equal(draft->n, 18);
        compare(draft, seed);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_seed_has_room_for_the_defects)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
