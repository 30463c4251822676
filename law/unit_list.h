/*
 * unit_list.h: a list of units from CSV, as the law's reader wants it. Columns code, kind, name,
 * province_code; and where they are there district_code, district_kind, district_name,
 * province_name, resolution. Others are not read; the order of columns does not matter.
 */
#ifndef NOI_LAW_UNIT_LIST_H
#define NOI_LAW_UNIT_LIST_H

#include "law/law.h"

typedef struct noi_law_list {
    noi_arena *arena; /* holds the texts */
    noi_law_unit *units;
    size_t n, capacity;
} noi_law_list;

/* Appends the units of a file; zero-initialised is an empty list. Texts become NFC, kinds lower
 * case. NOI_ERR_IO when it cannot be read; NOI_ERR_INPUT, naming the line and the value, for a
 * missing column, a code that is none, an unknown kind or a code that occurs twice. */
NOI_MUST_CHECK noi_status noi_law_list_read(noi_law_list *list, const char *path);
void noi_law_list_free(noi_law_list *list);

#endif
