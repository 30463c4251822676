/* moment.c: see moment.h. */
#include "importers/moment.h"

#include <stdio.h>
#include <string.h>

#define ZONE_MINUTES (7 * 60) /* of Viet Nam */
#define DAY_MINUTES  (24 * 60)

typedef struct reader {
    const char *p, *end;
} reader;

static bool has(const reader *r) {
    return r->p < r->end;
}

static bool take(reader *r, char c) {
    if (!has(r) || *r->p != c)
        return false;
    r->p++;
    return true;
}

/* Exactly n digits; -1 when they are not there. */
static int digits(reader *r, int n) {
    int value = 0;
    if (r->end - r->p < n)
        return -1;
    for (int i = 0; i < n; i++) {
        char c = r->p[i];
        if (c < '0' || c > '9')
            return -1;
        value = value * 10 + (c - '0');
    }
    r->p += n;
    return value;
}

typedef struct clock_time {
    noi_day day;
    int minutes; /* of the day */
    int seconds; /* -1: not stated */
    char fraction[12];
    bool zoned;
    int zone; /* minutes */
} clock_time;

static bool read_fraction(clock_time *t, reader *r) {
    if (!take(r, '.') && !take(r, ','))
        return true;
    size_t n = 0;
    for (; has(r) && *r->p >= '0' && *r->p <= '9' && n < 10; r->p++)
        t->fraction[n++] = *r->p;
    t->fraction[n] = '\0';
    return n > 0 && n < 10;
}

/* "09:30", "09:30:15", "09:30:15.25"; compact: "0930", "093015". */
static bool read_clock(clock_time *t, reader *r, bool compact) {
    int hour = digits(r, 2);
    bool colon = !compact && take(r, ':');
    int minute = compact || colon ? digits(r, 2) : -1;
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59)
        return false;
    t->minutes = hour * 60 + minute;
    t->seconds = -1;
    if (!(compact ? has(r) && *r->p >= '0' && *r->p <= '9' : take(r, ':')))
        return true;
    t->seconds = digits(r, 2);
    return t->seconds >= 0 && t->seconds <= 59 && read_fraction(t, r);
}

static bool read_zone(clock_time *t, reader *r) {
    if (has(r) && *r->p == ' ')
        r->p++;
    if (!has(r))
        return true;
    t->zoned = true;
    if (take(r, 'Z') || take(r, 'z'))
        return !has(r);
    int sign = take(r, '+') ? 1 : take(r, '-') ? -1 : 0;
    int hours = sign ? digits(r, 2) : -1;
    int minutes = 0;
    if (take(r, ':') || has(r))
        minutes = digits(r, 2);
    if (hours < 0 || hours > 14 || minutes < 0 || minutes > 59 || has(r))
        return false;
    t->zone = sign * (hours * 60 + minutes);
    return true;
}

static void write_moment(char out[NOI_MOMENT_SIZE], clock_time *t) {
    char day[12];
    if (t->zoned)
        t->minutes += ZONE_MINUTES - t->zone;
    if (t->minutes < 0) {
        t->day--;
        t->minutes += DAY_MINUTES;
    } else if (t->minutes >= DAY_MINUTES) {
        t->day++;
        t->minutes -= DAY_MINUTES;
    }
    int n = snprintf(out, NOI_MOMENT_SIZE, "%s %02d:%02d", noi_day_format(day, t->day), t->minutes / 60,
                     t->minutes % 60);
    if (t->seconds >= 0)
        snprintf(out + n, NOI_MOMENT_SIZE - (size_t)n, ":%02d%s%s", t->seconds,
                 t->fraction[0] ? "." : "", t->fraction);
}

/* Where the day of a text with a clock ends: at 'T' or the first space; of a compact one behind 8 digits. */
static size_t day_length(bool *compact, noi_str text) {
    size_t n = 0;
    while (n < text.n && text.p[n] >= '0' && text.p[n] <= '9')
        n++;
    *compact = n == 12 || n == 14;
    if (*compact)
        return 8;
    for (n = 0; n < text.n && text.p[n] != 'T' && text.p[n] != ' ';)
        n++;
    return n;
}

bool noi_moment_read(char out[NOI_MOMENT_SIZE], noi_str text) {
    bool compact = false;
    out[0] = '\0';
    text = noi_str_trim(text);
    size_t n = day_length(&compact, text);
    clock_time t = {.day = noi_day_parse((noi_str){text.p, n})};
    if (t.day == NOI_DAY_NONE)
        return false;
    if (n == text.n) {
        char day[12];
        memcpy(out, noi_day_format(day, t.day), 11);
        return true;
    }
    reader r = {text.p + n + !compact, text.p + text.n};
    if (!read_clock(&t, &r, compact) || !read_zone(&t, &r))
        return false;
    write_moment(out, &t);
    return true;
}

noi_moment_order noi_moment_compare(noi_str a, noi_str b) {
    if (!a.p || !b.p)
        return a.p ? NOI_MOMENT_LATER : b.p ? NOI_MOMENT_EARLIER : NOI_MOMENT_EQUAL;
    size_t shorter = a.n < b.n ? a.n : b.n;
    int order = memcmp(a.p, b.p, shorter);
    if (order)
        return order < 0 ? NOI_MOMENT_EARLIER : NOI_MOMENT_LATER;
    return a.n == b.n ? NOI_MOMENT_EQUAL : NOI_MOMENT_UNCLEAR;
}
