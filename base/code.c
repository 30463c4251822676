/* code.c: unit codes as integers; see noi.h. */
#include "base/error.h"

#include <stdio.h>

noi_code noi_code_parse(const char *text, size_t length) {
    if (length < 1 || length > 6)
        return 0;
    uint32_t value = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] < '0' || text[i] > '9')
            return 0;
        value = value * 10 + (uint32_t)(text[i] - '0');
    }
    return (uint32_t)length << 20 | value;
}

char *noi_code_format(char out[8], noi_code code) {
    int digits = (int)(code >> 20 & 7);
    if (digits < 1 || digits > 6)
        out[0] = '\0';
    else
        snprintf(out, 8, "%0*u", digits, (unsigned)(code & 0xFFFFF));
    return out;
}
