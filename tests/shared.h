/*
 * shared.h: real inputs for tests, which are not part of the project. They lie in ../shared, or
 * where NOI_SHARED says; a test that needs them says loudly when they are absent.
 */
#ifndef NOI_TESTS_SHARED_H
#define NOI_TESTS_SHARED_H

#include "base/memory.h"

#include <stdio.h>
#include <unistd.h>

/* The path of "layers/new_hcmc_168.gpkg" and the like; NULL, said loudly, when it is not there.
 * Yours: free. */
static inline char *shared_file(const char *name) {
    const char *folder = getenv("NOI_SHARED");
    char *path = noi_format("%s/%s", folder && *folder ? folder : "../shared", name);
    if (access(path, R_OK) == 0)
        return path;
    printf("# SKIPPED LOUDLY: ../shared is absent (%s)\n", path);
    free(path);
    return NULL;
}

#endif
