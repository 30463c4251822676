/* code_text.c: see code_text.h. */
#include "plan/code_text.h"

#include <string.h>

noi_str noi_code_clean(noi_str code) {
    code = noi_str_trim(code);
    if (code.n && code.p[0] == '\'') {
        code.p++;
        code.n--;
    }
    if (code.n > 2 && memcmp(code.p + code.n - 2, ".0", 2) == 0)
        code.n -= 2;
    return code;
}

noi_code noi_code_restore_zeros(noi_str code) {
    char padded[5] = {'0', '0', '0', '0', '0'};
    if (code.n == 0 || code.n >= sizeof padded || code.p[0] == '0')
        return 0;
    memcpy(padded + sizeof padded - code.n, code.p, code.n);
    return noi_code_parse(padded, sizeof padded);
}
