/* format.c: numbers and escaped text; see format.h. */
#include "report/format.h"

#include "base/i18n.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* The two marks of the language, taken from how it writes one number. */
static char group_mark(void) {
    /* translators: how your language writes this number; the marks are taken from it */
    return _("1,234.5")[1];
}

char noi_decimal_mark(void) {
    const char *sample = _("1,234.5");
    return sample[strlen(sample) - 2];
}

/* Digits with a mark between groups of three, into `out`; returns its length. */
static size_t group(char *out, const char *digits) {
    size_t n = strlen(digits), at = 0;
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && (n - i) % 3 == 0)
            out[at++] = group_mark();
        out[at++] = digits[i];
    }
    out[at] = '\0';
    return at;
}

char *noi_number(char out[32], int64_t n) {
    char digits[24];
    snprintf(digits, sizeof digits, "%" PRIu64, n < 0 ? -(uint64_t)n : (uint64_t)n);
    if (n < 0)
        *out = '-';
    group(out + (n < 0), digits);
    return out;
}

char *noi_decimal(char out[32], double value, int digits) {
    if (!isfinite(value) || fabs(value) > 1e12) {
        strcpy(out, "–");
        return out;
    }
    char text[32];
    snprintf(text, sizeof text, "%.*f", digits, fabs(value));
    size_t sign = value < 0 && strspn(text, "0.") < strlen(text); /* no minus zero */
    char *point = strchr(text, '.');
    if (point)
        *point = '\0';
    out[0] = '-';
    size_t n = sign + group(out + sign, text);
    if (point)
        snprintf(out + n, 32 - n, "%c%s", noi_decimal_mark(), point + 1);
    return out;
}

char *noi_percent(char out[32], int64_t part, int64_t whole) {
    if (whole <= 0) {
        strcpy(out, "–");
        return out;
    }
    double share = 100.0 * (double)part / (double)whole;
    int digits = share < 1 || share > 99 ? 2 : 1;
    double least = 0.01;
    const char *sign = "";
    if (part > 0 && share < least) {
        sign = "< ";
        share = least;
    } else if (part < whole && share > 100 - least) {
        sign = "> ";
        share = 100 - least;
    } else if (part == 0 || part == whole) {
        digits = 0;
    }
    char number[32];
    snprintf(out, 32, "%s%.20s %%", sign, noi_decimal(number, share, digits));
    return out;
}

void noi_html_text(noi_buf *out, noi_str text) {
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c == '<')
            noi_buf_add_str(out, "&lt;");
        else if (c == '>')
            noi_buf_add_str(out, "&gt;");
        else if (c == '&')
            noi_buf_add_str(out, "&amp;");
        else if (c == '"')
            noi_buf_add_str(out, "&quot;");
        else
            noi_buf_add_char(out, (unsigned char)c < ' ' ? ' ' : c);
    }
}

void noi_html_number(noi_buf *out, int64_t n) {
    char text[32];
    noi_buf_printf(out, "<td class=\"n%s\">%s</td>", n ? "" : " zero", noi_number(text, n));
}
