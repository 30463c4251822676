/* fault.h: what the two halves of the library that makes faults share; see fault.c. */
#ifndef NOI_TESTS_FAULT_H
#define NOI_TESTS_FAULT_H

#include <dlfcn.h>
#include <stdbool.h>

#define PUBLIC __attribute__((visibility("default")))

/* The call that stands behind ours. */
#define NEXT(name) (__extension__(__typeof__(&name)) dlsym(RTLD_NEXT, #name))

/* Whether a path lies below the folder whose files go wrong, and whether an open file does. */
bool is_under(const char *path);
bool is_ours(int fd);

#endif
