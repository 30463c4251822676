/* The fuzzers' corpora, replayed without libFuzzer: what was found once is tried for ever. */
#include "base/memory.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#define LLVMFuzzerTestOneInput fuzz_reader
#define read_text              fuzz_read_text
#include "tests/fuzz/fuzz_reader.c"
#undef LLVMFuzzerTestOneInput
#define LLVMFuzzerTestOneInput fuzz_encoding
#include "tests/fuzz/fuzz_encoding.c"
#undef LLVMFuzzerTestOneInput

#define LLVMFuzzerTestOneInput fuzz_house
#include "tests/fuzz/fuzz_house.c"
#undef LLVMFuzzerTestOneInput

typedef int fuzzer(const uint8_t *data, size_t n);

static size_t replay(const char *folder, fuzzer *f) {
    DIR *files = opendir(folder);
    assert_non_null(files);
    size_t n_files = 0;
    for (struct dirent *file; (file = readdir(files)) != NULL;) {
        if (file->d_name[0] == '.')
            continue;
        NOI_AUTO_FREE char *path = noi_format("%s/%s", folder, file->d_name);
        static uint8_t bytes[1 << 16];
        FILE *in = fopen(path, "rb");
        assert_non_null(in);
        size_t n = fread(bytes, 1, sizeof bytes, in);
        fclose(in);
        f(bytes, n);
        n_files++;
    }
    closedir(files);
    return n_files;
}

static void reader_corpus_is_read(void **state) {
    (void)state;
    assert_true(replay("tests/fuzz/corpus/reader", fuzz_reader) >= 10);
}

static void encoding_corpus_is_read(void **state) {
    (void)state;
    assert_true(replay("tests/fuzz/corpus/encoding", fuzz_encoding) >= 8);
}

static void house_corpus_is_read(void **state) {
    (void)state;
    assert_true(replay("tests/fuzz/corpus/house", fuzz_house) >= 12);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reader_corpus_is_read),
        cmocka_unit_test(encoding_corpus_is_read),
        cmocka_unit_test(house_corpus_is_read),
    };
    return cmocka_run_group_tests_name("address/fuzz_corpus", tests, NULL, NULL);
}
