/* scratch.h: a folder for the files of one test, with two registries' paths in it. */
#ifndef NOI_TESTS_SCRATCH_H
#define NOI_TESTS_SCRATCH_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[64], path[128], other[128];

static int make_folder(void **state) {
    (void)state;
    strcpy(folder, "/tmp/noi-test-XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/r.noi", folder);
    snprintf(other, sizeof other, "%s/o.noi", folder);
    return 0;
}

static int remove_folder(void **state) {
    (void)state;
    unlink(path);
    unlink(other);
    return rmdir(folder); /* fails when anything else was left behind */
}

#endif
