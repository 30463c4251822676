/* Plan: a file is written whole or not at all; folders and missing files are refused with their
 * name; codes keep their zeros; SHA-256 is SHA-256; arenas and buffers hold what was put in. */
#include "testing.h"

#include "base/digest.h"
#include "base/embed.h"
#include "base/file.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <signal.h>
#include <unistd.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>

static char folder[64];

static int make_folder(void **state) {
    (void)state;
    strcpy(folder, "/tmp/noi-test-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static char *path_of(const char *name) {
    return noi_format("%s/%s", folder, name);
}

static void output_appears_only_on_commit(void **state) {
    (void)state;
    NOI_AUTO_FREE char *path = path_of("out.csv");
    noi_out *out = NULL;
    assert_int_equal(noi_out_open(&out, path), NOI_OK);
    assert_int_equal(noi_out_write(out, "abc", 3), NOI_OK);
    assert_int_equal(access(path, F_OK), -1);
    noi_out_close(out);
    assert_int_equal(access(path, F_OK), -1);
    assert_int_equal(noi_out_open(&out, path), NOI_OK);
    assert_int_equal(noi_out_printf(out, "%d\n", 42), NOI_OK);
    assert_int_equal(noi_out_commit(out), NOI_OK);
    noi_out_close(out);
    noi_map *map = NULL;
    assert_int_equal(noi_map_open(&map, path), NOI_OK);
    assert_true(noi_str_is(noi_map_bytes(map), "42\n"));
    noi_map_close(map);
}

static void two_may_write_one_file_and_the_last_one_stands(void **state) {
    (void)state;
    NOI_AUTO_FREE char *path = path_of("out.csv");
    int ready[2];
    noi_out *out = NULL;
    assert_int_equal(pipe(ready), 0);
    assert_int_equal(noi_out_open(&out, path), NOI_OK);
    assert_int_equal(noi_out_write(out, "first", 5), NOI_OK);
    pid_t child = fork();
    if (child == 0) { /* opens, writes and commits while the first is still writing */
        noi_out *other = NULL;
        bool fine = noi_out_open(&other, path) == NOI_OK &&
                    noi_out_write(other, "second", 6) == NOI_OK && noi_out_commit(other) == NOI_OK;
        _exit(fine ? 0 : 1);
    }
    int status = -1;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_int_equal(noi_out_commit(out), NOI_OK);
    noi_out_close(out);
    noi_map *map = NULL;
    assert_int_equal(noi_map_open(&map, path), NOI_OK);
    assert_true(noi_str_is(noi_map_bytes(map), "first"));
    noi_map_close(map);
}

static void only_old_parts_of_dead_processes_are_removed(void **state) {
    (void)state;
    NOI_AUTO_FREE char *path = path_of("out.csv"), *dead = path_of("out.csv.999999999.part");
    NOI_AUTO_FREE char *young = path_of("out.csv.999999998.part"), *mine = path_of("out.csv.1.part");
    NOI_AUTO_FREE char *other = path_of("out.csv.bak.part");
    const char *const all[] = {dead, young, mine, other};
    const struct timespec long_ago[2] = {{1000000000, 0}, {1000000000, 0}};
    for (size_t i = 0; i < 4; i++) {
        int fd = open(all[i], O_CREAT | O_WRONLY, 0600);
        assert_true(fd >= 0);
        if (all[i] != young)
            assert_int_equal(futimens(fd, long_ago), 0);
        close(fd);
    }
    free(noi_part_name(path));
    assert_int_equal(access(dead, F_OK), -1);
    for (size_t i = 1; i < 4; i++)
        assert_int_equal(access(all[i], F_OK), 0);
}

static void a_link_leads_to_its_file_and_never_to_nothing(void **state) {
    (void)state;
    NOI_AUTO_FREE char *path = path_of("real.csv"), *link = path_of("link.csv");
    NOI_AUTO_FREE char *nothing = path_of("nothing.csv"), *dangling = path_of("dangling.csv");
    struct stat st;
    for (int i = 0; i < 2; i++) { /* the second time the file is there */
        NOI_AUTO(noi_out_closep) noi_out *out = NULL;
        assert_int_equal(noi_out_open(&out, i ? link : path), NOI_OK);
        assert_int_equal(noi_out_write(out, i ? "two" : "one", 3), NOI_OK);
        assert_int_equal(noi_out_commit(out), NOI_OK);
        if (i == 0)
            assert_int_equal(symlink(path, link), 0);
    }
    assert_int_equal(lstat(link, &st), 0);
    assert_true(S_ISLNK(st.st_mode));
    NOI_AUTO(noi_map_closep) noi_map *map = NULL;
    assert_int_equal(noi_map_open(&map, path), NOI_OK);
    assert_true(noi_str_is(noi_map_bytes(map), "two"));
    noi_out *out = NULL;
    assert_int_equal(symlink(nothing, dangling), 0);
    assert_int_equal(noi_out_open(&out, dangling), NOI_ERR_IO);
    assert_non_null(strstr(noi_error_message(), "link"));
    assert_int_equal(lstat(nothing, &st), -1);
}

static void a_full_disk_leaves_no_half_file(void **state) {
    (void)state;
    struct rlimit before, small = {1 << 16, 1 << 16};
    getrlimit(RLIMIT_FSIZE, &before);
    small.rlim_max = before.rlim_max;
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &small);
    NOI_AUTO_FREE char *path = path_of("big.csv");
    NOI_AUTO_FREE char *block = noi_alloc_zero(1, 1 << 20);
    noi_out *out = NULL;
    assert_int_equal(noi_out_open(&out, path), NOI_OK);
    assert_int_equal(noi_out_write(out, block, 1 << 20), NOI_ERR_IO);
    assert_int_equal(noi_out_commit(out), NOI_ERR_IO);
    assert_non_null(strstr(noi_error_message(), "big.csv"));
    noi_out_close(out);
    setrlimit(RLIMIT_FSIZE, &before);
    assert_int_equal(access(path, F_OK), -1);
}

/* As root, renaming over a device would take it from the whole machine. A pipe stands for it here. */
static void devices_and_pipes_are_written_to_and_never_replaced(void **state) {
    (void)state;
    NOI_AUTO_FREE char *pipe = noi_format("/tmp/noi-pipe-%d", (int)getpid());
    assert_int_equal(mkfifo(pipe, 0600), 0);
    int reader = open(pipe, O_RDONLY | O_NONBLOCK);
    noi_out *out;
    assert_int_equal(noi_out_open(&out, pipe), NOI_OK);
    assert_int_equal(noi_out_write(out, "through", 7), NOI_OK);
    assert_int_equal(noi_out_commit(out), NOI_OK);
    noi_out_close(out);
    char got[16];
    assert_int_equal(read(reader, got, sizeof got), 7);
    close(reader);
    struct stat st;
    assert_int_equal(stat(pipe, &st), 0);
    assert_true(S_ISFIFO(st.st_mode));
    unlink(pipe);
}

static void folders_and_missing_files_are_refused_by_name(void **state) {
    (void)state;
    noi_map *map = NULL;
    assert_int_equal(noi_map_open(&map, folder), NOI_ERR_IO);
    assert_non_null(strstr(noi_error_message(), folder));
    assert_int_equal(noi_map_open(&map, "/nowhere/at/all.csv"), NOI_ERR_IO);
    assert_non_null(strstr(noi_error_message(), "/nowhere/at/all.csv"));
    assert_null(map);
}

static void codes_keep_their_zeros(void **state) {
    (void)state;
    char text[8];
    assert_string_equal(noi_code_format(text, noi_code_parse("00001", 5)), "00001");
    assert_string_equal(noi_code_format(text, noi_code_parse("755", 3)), "755");
    assert_true(noi_code_parse("755", 3) != noi_code_parse("00755", 5));
    assert_int_equal(noi_code_parse("", 0), 0);
    assert_int_equal(noi_code_parse("1234567", 7), 0);
    assert_int_equal(noi_code_parse("26a40", 5), 0);
    assert_string_equal(noi_code_format(text, 0), "");
}

static void digests_are_sha256(void **state) {
    (void)state;
    char hex[NOI_DIGEST_HEX];
    noi_digest_bytes(hex, "abc", 3);
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void embedded_files_are_found_by_name(void **state) {
    (void)state;
    noi_str units = noi_embed("data/units_new.csv");
    assert_non_null(units.p);
    assert_int_equal(strlen(units.p), units.n);
    assert_null(noi_embed("data/no_such.csv").p);
    size_t n = 0;
    const char *name, *last = "";
    for (size_t at = 0; (at = noi_embed_next(&name, &units, "registry/sql/schema/", at)); n++) {
        assert_true(strcmp(last, name) < 0);
        last = name;
    }
    assert_true(n >= 1);
}

static void arenas_and_buffers_hold_what_was_put_in(void **state) {
    (void)state;
    noi_arena *arena = noi_arena_new();
    char *kept[3000];
    for (int i = 0; i < 3000; i++)
        kept[i] = noi_arena_format(arena, "piece %d %0*d", i, i % 90 + 1, i);
    for (int i = 0; i < 3000; i++) {
        NOI_AUTO_FREE char *want = noi_format("piece %d %0*d", i, i % 90 + 1, i);
        assert_string_equal(kept[i], want);
    }
    noi_arena_reset(arena);
    noi_arena_free(arena);
    noi_arena_free(NULL);
    assert_true(noi_str_is(noi_str_trim(NOI_STR(" \t\xC2\xA0 a b\xC2\xA0\r\n")), "a b"));
    assert_true(noi_str_is(noi_str_trim(NOI_STR(" \xC2\xA0 ")), ""));
}

NOI_TEST_MAIN(cmocka_unit_test_setup(output_appears_only_on_commit, make_folder),
              cmocka_unit_test_setup(two_may_write_one_file_and_the_last_one_stands, make_folder),
              cmocka_unit_test_setup(only_old_parts_of_dead_processes_are_removed, make_folder),
              cmocka_unit_test_setup(a_link_leads_to_its_file_and_never_to_nothing, make_folder),
              cmocka_unit_test_setup(a_full_disk_leaves_no_half_file, make_folder),
              cmocka_unit_test(devices_and_pipes_are_written_to_and_never_replaced),
              cmocka_unit_test_setup(folders_and_missing_files_are_refused_by_name, make_folder),
              cmocka_unit_test(codes_keep_their_zeros), cmocka_unit_test(digests_are_sha256),
              cmocka_unit_test(embedded_files_are_found_by_name),
              cmocka_unit_test(arenas_and_buffers_hold_what_was_put_in))
