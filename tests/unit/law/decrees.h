/* decrees.h: the real texts in ../shared/law (not part of the tree) and the lists of data/. */
#ifndef NOI_TESTS_LAW_DECREES_H
#define NOI_TESTS_LAW_DECREES_H

#include "base/csv.h"
#include "base/file.h"
#include "law/law.h"
#include "law/unit_list.h"
#include "testing.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef struct country {
    noi_law_list old_list, new_list;
    noi_law_lists *lists;
} country;

static void open_country(country *c) {
    *c = (country){{0}, {0}, NULL};
    assert_int_equal(noi_law_list_read(&c->old_list, "data/units_old_vn.csv"), NOI_OK);
    assert_int_equal(noi_law_list_read(&c->new_list, "data/units_new_vn.csv"), NOI_OK);
    c->lists =
        noi_law_lists_new(c->old_list.units, c->old_list.n, c->new_list.units, c->new_list.n);
}

static void close_country(country *c) {
    noi_law_lists_free(c->lists);
    noi_law_list_free(&c->old_list);
    noi_law_list_free(&c->new_list);
}

/* The path of a resolution's text; false, said loudly, when it is not there. */
static inline bool decree_path(char path[512], const char *number) {
    const char *shared = getenv("NOI_SHARED");
    snprintf(path, 512, "%s/law/%s_NQ-UBTVQH15.md", shared ? shared : "../shared", number);
    if (access(path, R_OK) == 0)
        return true;
    print_message("SKIPPED LOUDLY: %s is absent (../shared is absent)\n", path);
    return false;
}

#endif
