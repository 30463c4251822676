/* Replays the fuzzer's corpus as an ordinary test, under the sanitizers. */
#include "testing.h"

#include "base/file.h"

#include <dirent.h>
#include <stdio.h>

#include "../../fuzz/fuzz_csv.c"

static void corpus_of_csv_holds(void **state) {
    (void)state;
    DIR *folder = opendir("tests/fuzz/corpus/csv");
    assert_non_null(folder);
    int n = 0;
    for (const struct dirent *e; (e = readdir(folder));) {
        char path[512];
        if (e->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "tests/fuzz/corpus/csv/%s", e->d_name);
        NOI_AUTO(noi_map_closep) noi_map *map = NULL;
        assert_int_equal(noi_map_open(&map, path), NOI_OK);
        noi_str bytes = noi_map_bytes(map);
        assert_int_equal(LLVMFuzzerTestOneInput((const uint8_t *)bytes.p, bytes.n), 0);
        n++;
    }
    closedir(folder);
    assert_true(n >= 9);
}

NOI_TEST_MAIN(cmocka_unit_test(corpus_of_csv_holds))
