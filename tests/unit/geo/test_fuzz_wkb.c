/* Plan: every file of the fuzzers' corpora for WKB and for index bytes goes through its fuzzer. */
#include "testing.h"

#define LLVMFuzzerTestOneInput fuzz_wkb
#include "fuzz/fuzz_wkb.c"
#undef LLVMFuzzerTestOneInput
#define LLVMFuzzerTestOneInput fuzz_index
#include "fuzz/fuzz_index.c"
#undef LLVMFuzzerTestOneInput

#include "base/file.h"

#include <dirent.h>

static void replay(const char *folder, int (*fuzz)(const uint8_t *, size_t)) {
    DIR *dir = opendir(folder);
    assert_non_null(dir);
    size_t n = 0;
    for (struct dirent *entry; (entry = readdir(dir));) {
        if (entry->d_name[0] == '.')
            continue;
        NOI_AUTO_FREE char *path = noi_format("%s/%s", folder, entry->d_name);
        NOI_AUTO(noi_map_closep) noi_map *map = NULL;
        assert_int_equal(noi_map_open(&map, path), NOI_OK);
        noi_str bytes = noi_map_bytes(map);
        assert_int_equal(fuzz((const uint8_t *)bytes.p, bytes.n), 0);
        n++;
    }
    closedir(dir);
    assert_true(n > 0);
}

static void the_corpus_of_wkb_is_survived(void **state) {
    (void)state;
    replay("tests/fuzz/corpus/wkb", fuzz_wkb);
}

static void the_corpus_of_indexes_is_survived(void **state) {
    (void)state;
    replay("tests/fuzz/corpus/index", fuzz_index);
}

NOI_TEST_MAIN(cmocka_unit_test(the_corpus_of_wkb_is_survived),
              cmocka_unit_test(the_corpus_of_indexes_is_survived))
