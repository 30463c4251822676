/*
 * compile.h: from a registry (or the embedded reference tables) to a plan.
 *
 * Positions: unit p of the plan is the p-th unit of noi_unit_list_load(NOI_DAY_NONE) (ordered by
 * id), edge e is the e-th row of noi_edge_list_load without the doubles of basis (law before table
 * where both stand).
 */
#ifndef NOI_MERGE_COMPILE_H
#define NOI_MERGE_COMPILE_H

#include "plan/plan.h"
#include "registry/store.h"

/* Digest of everything in the registry that a plan depends on: units, edges, district aliases,
 * layers, decisions, split rules, rules about cases, procedures, offices, and the sha256 of every source
 * of records. 64 hexadecimal digits. */
NOI_MUST_CHECK noi_status noi_plan_inputs_digest(char out[65], noi_registry *registry);

/* Compiles the plan for the change that takes effect on `on` into bytes; or, when `on` is a later day on
 * which a rule about later handovers begins (R14), for the newest change before it, handed over once
 * more on that day. NOI_DAY_NONE: the latest effective day of any decree in the registry, with the
 * newest handover that a merge carried out and no undo took back. NOI_ERR_INPUT with a hint when the
 * registry has no units or no edges for that day, or nothing begins on it. */
NOI_MUST_CHECK noi_status noi_compile_registry(noi_buf *out, noi_registry *registry, noi_day on);

/* The same with a layer of the caller's in place of the registry's: `drawn_on` is `on` for the units
 * after the change, the day before for those before it. An area belongs to the unit that bore its
 * code on that day. Nothing is stored, and the plan is not one that `noi merge` takes. */
NOI_MUST_CHECK noi_status noi_compile_with_layer(noi_buf *out, noi_registry *registry, noi_day on,
                                                 const noi_coverage *coverage, noi_day drawn_on);

/* The first day of the newest change for which the registry has edges; NOI_DAY_NONE for none. */
NOI_MUST_CHECK noi_status noi_latest_change(noi_day *out, noi_registry *registry);

/* Compiles the built-in plan from the reference tables that travel inside the program: the merged
 * city, Hanoi and the other provinces whose crosswalk is embedded. No layers. */
NOI_MUST_CHECK noi_status noi_compile_builtin(noi_buf *out);

/* Opens the built-in plan: the one that was compiled when the program was built, else compiled now
 * into `bytes`, which must be empty and outlive the plan. Yours: noi_plan_close. */
NOI_MUST_CHECK noi_status noi_plan_builtin(noi_plan **out, noi_buf *bytes);

#endif
