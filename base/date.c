/* date.c: days since 1970-01-01. The two conversions follow Howard Hinnant's description of
 * "chrono-compatible low-level date algorithms": eras of 400 years that begin in March. */
#include "base/date.h"

#include <stdio.h>
#include <string.h>

static bool is_leap(int year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in_month(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

noi_day noi_day_from_ymd(int year, int month, int day) {
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 ||
        day > days_in_month(year, month))
        return NOI_DAY_NONE;
    int y = month <= 2 ? year - 1 : year;
    int era = y / 400;
    int of_era = y - era * 400;
    int of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

void noi_day_to_ymd(int *year, int *month, int *day, noi_day on) {
    int z = on + 719468;
    int era = (z >= 0 ? z : z - 146096) / 146097;
    int of_era_day = z - era * 146097;
    int of_era = (of_era_day - of_era_day / 1460 + of_era_day / 36524 - of_era_day / 146096) / 365;
    int of_year = of_era_day - (365 * of_era + of_era / 4 - of_era / 100);
    int m = (5 * of_year + 2) / 153;
    *day = of_year - (153 * m + 2) / 5 + 1;
    *month = m < 10 ? m + 3 : m - 9;
    *year = of_era + era * 400 + (*month <= 2);
}

/* Reads up to `most` digits at *p and moves past them; -1 when there is none. */
static int number_at(const char **p, const char *end, int most) {
    int value = 0, n = 0;
    for (; *p < end && n < most && **p >= '0' && **p <= '9'; ++*p, n++)
        value = value * 10 + (**p - '0');
    return n ? value : -1;
}

static noi_day parse_compact(noi_str text) {
    if (text.n != 8 && text.n != 12 && text.n != 14)
        return NOI_DAY_NONE;
    const char *p = text.p, *end = text.p + text.n;
    for (const char *q = p; q < end; q++)
        if (*q < '0' || *q > '9')
            return NOI_DAY_NONE;
    int year = number_at(&p, end, 4), month = number_at(&p, end, 2), day = number_at(&p, end, 2);
    return noi_day_from_ymd(year, month, day);
}

noi_day noi_day_parse(noi_str text) {
    text = noi_str_trim(text);
    noi_day compact = parse_compact(text);
    if (compact != NOI_DAY_NONE)
        return compact;
    const char *p = text.p, *end = text.p + text.n;
    int a = number_at(&p, end, 4);
    const char *first = p;
    if (a < 0 || p >= end || !strchr("-/.", *p))
        return NOI_DAY_NONE;
    char mark = *p++;
    int b = number_at(&p, end, 2);
    if (b < 0 || p >= end || *p++ != mark)
        return NOI_DAY_NONE;
    int c = number_at(&p, end, 4);
    if (c < 0 || (p < end && *p != 'T' && *p != ' '))
        return NOI_DAY_NONE;
    if (first - text.p == 4)
        return noi_day_from_ymd(a, b, c);
    return c > 999 ? noi_day_from_ymd(c, b, a) : NOI_DAY_NONE;
}

/* By hand: snprintf took a third of the reading of a row with two days. */
static void put_digits(char *out, int value, int n) {
    for (unsigned rest = (unsigned)value; n-- > 0; rest /= 10)
        out[n] = (char)('0' + rest % 10);
}

char *noi_day_format(char out[12], noi_day on) {
    out[0] = '\0';
    if (on == NOI_DAY_NONE || on == NOI_DAY_OPEN)
        return out;
    int year, month, day;
    noi_day_to_ymd(&year, &month, &day, on);
    put_digits(out, year, 4);
    put_digits(out + 5, month, 2);
    put_digits(out + 8, day, 2);
    out[4] = out[7] = '-';
    out[10] = '\0';
    return out;
}
