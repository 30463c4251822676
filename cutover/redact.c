/* redact.c: see redact.h. */
#include "cutover/redact.h"

#define PERSONAL_DIGITS 9 /* a telephone number has 10, without its zero 9; person ids 9 or 12 */

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* The end of the run of digits that begins at `at`; *digits: how many. */
static size_t run_end(size_t *digits, noi_str text, size_t at) {
    size_t end = at;
    *digits = 0;
    while (at < text.n) {
        if (is_digit(text.p[at])) {
            ++*digits;
            end = ++at;
            continue;
        }
        bool joins = text.p[at] == ' ' || text.p[at] == '.' || text.p[at] == '-';
        if (!joins || at + 1 >= text.n || !is_digit(text.p[at + 1]))
            break;
        at++;
    }
    return end;
}

void noi_redact_numbers(noi_buf *out, noi_str text) {
    for (size_t i = 0; i < text.n;) {
        size_t digits = 0, end = run_end(&digits, text, i);
        if (digits >= PERSONAL_DIGITS) {
            noi_buf_add_str(out, "[…]");
            i = end;
            continue;
        }
        size_t to = digits ? end : i + 1;
        noi_buf_add(out, text.p + i, to - i);
        i = to;
    }
}
