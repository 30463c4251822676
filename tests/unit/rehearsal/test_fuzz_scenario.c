/* Plan: the fuzzer's corpus, and every file of it cut off at each byte, through the fuzzer's eye. */
#include "tests/fuzz/fuzz_scenario.c"

#include "base/file.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define CORPUS "tests/fuzz/corpus/scenario"

static void the_corpus_is_replayed(void **state) {
    (void)state;
    DIR *folder = opendir(CORPUS);
    assert_non_null(folder);
    size_t n = 0;
    for (struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
        if (entry->d_name[0] == '.')
            continue;
        NOI_AUTO_FREE char *path = noi_format("%s/%s", CORPUS, entry->d_name);
        NOI_AUTO(noi_map_closep) noi_map *map = NULL;
        assert_int_equal(noi_map_open(&map, path), NOI_OK);
        noi_str text = noi_map_bytes(map);
        for (size_t k = 0; k <= text.n; k++)
            LLVMFuzzerTestOneInput((const uint8_t *)text.p, k);
        n++;
    }
    closedir(folder);
    assert_true(n >= 4);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_corpus_is_replayed)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
