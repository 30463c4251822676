/* reader.c: see reader.h. scan.c finds what is named, resolve.c what it means; here the views. */
#include "address/reader.h"

#include "address/resolve.h"

#include <string.h>

#define LONGEST_TEXT ((size_t)1 << 30)

static noi_str view(const noi_scan *s, noi_str text, size_t first, size_t end) {
    if (first >= end || end > s->n)
        return (noi_str){text.p, 0};
    return (noi_str){text.p + s->tokens[first].from, s->tokens[end - 1].to - s->tokens[first].from};
}

static noi_str view_mention(const noi_scan *s, noi_str text, int mention) {
    if (mention < 0)
        return (noi_str){text.p, 0};
    return view(s, text, s->mentions[mention].first, s->mentions[mention].end);
}

void noi_address_read(noi_reading *out, const noi_gazetteer *gazetteer, noi_str text) {
    memset(out, 0, offsetof(noi_reading, units));
    memset(&out->district_code, 0, sizeof *out - offsetof(noi_reading, district_code));
    if (text.n > LONGEST_TEXT)
        text.n = LONGEST_TEXT;
    noi_scan scan;
    noi_resolved which;
    noi_scan_text(&scan, gazetteer, text);
    noi_resolve(out, &which, &scan);
    out->house = view(&scan, text, scan.house.first, scan.house.end);
    out->street = view(&scan, text, scan.street.first, scan.street.end);
    out->hamlet = view(&scan, text, scan.hamlet.first, scan.hamlet.end);
    out->ward = view_mention(&scan, text, which.ward);
    out->district = view_mention(&scan, text, which.district);
    out->province = view_mention(&scan, text, which.province);
}
