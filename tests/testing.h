/* testing.h: what every unit test includes: cmocka with its required headers, and a main. */
#ifndef NOI_TESTS_TESTING_H
#define NOI_TESTS_TESTING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Runs the tests of one program; the group's name is the file's. */
#define NOI_TEST_MAIN(...)                                                                         \
    int main(void) {                                                                               \
        const struct CMUnitTest tests[] = {__VA_ARGS__};                                           \
        return cmocka_run_group_tests(tests, NULL, NULL);                                          \
    }

#endif
