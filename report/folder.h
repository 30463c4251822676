/*
 * folder.h: the folder that a report is: index.html and what lies beside it. It is written as
 * "<path>.part" and put in place when whole; a folder that noi did not make is never touched.
 */
#ifndef NOI_REPORT_FOLDER_H
#define NOI_REPORT_FOLDER_H

#include "base/memory.h"

typedef struct noi_folder noi_folder;

/* `kind` ("merge", "check"): a report replaces an earlier one of its own kind alone; anything else
 * at `path` is NOI_ERR_CONFLICT with `option` ("-o") in the hint. Yours: noi_folder_close. */
NOI_MUST_CHECK noi_status noi_folder_begin(noi_folder **out, const char *path, const char *kind,
                                           const char *option);
/* Where files are written now. Borrowed. */
const char *noi_folder_part(const noi_folder *folder);
/* Writes index.html, which must begin with noi_page_begin's head. */
NOI_MUST_CHECK noi_status noi_folder_page(const noi_folder *folder, noi_str page);
NOI_MUST_CHECK noi_status noi_folder_commit(noi_folder *folder);
void noi_folder_close(noi_folder *folder); /* accepts NULL; without commit all is removed */
NOI_DEFINE_AUTO(noi_folder, noi_folder_close)

/* Everything of a page up to <body>: the styles are inside, nothing is asked of a network. `more`
 * is an embedded style sheet behind the common one, or NULL. */
void noi_page_begin(noi_buf *out, const char *kind, const char *title, const char *more);
void noi_page_end(noi_buf *out);

#endif
