/*
 * fixture.h: a small registry made by SQL (clean.sql), copied for each test, into which a test
 * plants what it wants to be found.
 */
#ifndef NOI_TESTS_RULES_FIXTURE_H
#define NOI_TESTS_RULES_FIXTURE_H

#include "base/file.h"
#include "registry/registry.h"
#include "testing.h"

#include <sqlite3.h>
#include <spatialite.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CLEAN_SQL "tests/unit/merge/rules/clean.sql"

static char fixture_folder[64];
static char fixture_path[96];

/* Runs SQL with SpatiaLite's functions, which the triggers of geometry columns need. */
static void fixture_sql(const char *path, const char *sql) {
    sqlite3 *db = NULL;
    char *message = NULL;
    void *cache = spatialite_alloc_connection();
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    spatialite_init_ex(db, cache, 0);
    if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK)
        fail_msg("%s: %s", sql, message);
    sqlite3_close(db);
    spatialite_cleanup_ex(cache);
}

static void fixture_make_clean(const char *path) {
    noi_registry *registry = NULL;
    assert_int_equal(noi_registry_create(&registry, path), NOI_OK);
    noi_registry_close(registry);
    noi_map *map = NULL;
    assert_int_equal(noi_map_open(&map, CLEAN_SQL), NOI_OK);
    char *sql = noi_strndup(noi_map_bytes(map).p, noi_map_bytes(map).n);
    fixture_sql(path, sql);
    free(sql);
    noi_map_close(map);
}

static int fixture_begin(void **state) {
    (void)state;
    strcpy(fixture_folder, "/tmp/noi-rules-XXXXXX");
    if (!mkdtemp(fixture_folder))
        return -1;
    snprintf(fixture_path, sizeof fixture_path, "%s/clean.noi", fixture_folder);
    fixture_make_clean(fixture_path);
    return 0;
}

static int fixture_end(void **state) {
    (void)state;
    char command[96];
    snprintf(command, sizeof command, "rm -rf %s", fixture_folder);
    return system(command);
}

/* A fresh copy of the clean registry with something planted; "" plants nothing. */
static noi_registry *fixture_open(const char *plant) {
    char path[96], command[320];
    snprintf(path, sizeof path, "%s/one.noi", fixture_folder);
    snprintf(command, sizeof command, "rm -f %s* && cp %s %s", path, fixture_path, path);
    assert_int_equal(system(command), 0);
    if (plant[0])
        fixture_sql(path, plant);
    noi_registry *registry = NULL;
    assert_int_equal(noi_registry_open(&registry, path, NOI_OPEN_WRITE), NOI_OK);
    return registry;
}

#endif
