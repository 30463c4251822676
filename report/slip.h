/*
 * slip.h: a slip of paper that tells a citizen what became of an address: A5, one page, to be printed
 * and signed. HTML with its style inside; nothing is asked of a network. Deterministic: no clock.
 */
#ifndef NOI_REPORT_SLIP_H
#define NOI_REPORT_SLIP_H

#include "plan/lookup.h"

/* Appends the page for an assigned verdict on an address (`asked`, as it was given). NOI_ERR_USAGE
 * for any other verdict: what is open is asked about, not printed. */
NOI_MUST_CHECK noi_status noi_slip_page(noi_buf *out, const noi_plan *plan,
                                        const noi_verdict *verdict, noi_str asked);

#endif
