/* fuzz_house.c: no text may crash the reading of houses, streets and hamlets; what is read is bounded,
 * and a chain that was written down is read as the same chain. */
#include "address/hamlet.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void check_again(const noi_house *house) {
    char text[160];
    size_t at = 0;
    if (house->kind != NOI_HOUSE_NUMBER)
        return;
    for (size_t i = 0; i < house->n_links; i++) {
        uint32_t letter = house->links[i] & 0x7F;
        at += (size_t)snprintf(text + at, sizeof text - at, "%s%u%.1s%s", i ? "/" : "",
                               noi_house_number_of(house->links[i]),
                               letter ? (char[2]){(char)letter, '\0'} : "",
                               house->links[i] & 0x80 ? " bis" : "");
    }
    noi_house again;
    noi_house_parse(&again, noi_str_of(text));
    assert(again.kind == NOI_HOUSE_NUMBER && again.n_links == house->n_links);
    assert(memcmp(again.links, house->links, house->n_links * sizeof *house->links) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
    noi_str text = {(const char *)data, n};
    noi_house house;
    noi_street street;
    noi_hamlet hamlet;
    noi_house_parse(&house, text);
    assert(house.n_links <= NOI_HOUSE_LINKS);
    assert((house.n_links > 0) ==
           (house.kind == NOI_HOUSE_NUMBER || house.kind == NOI_HOUSE_LETTERED));
    check_again(&house);
    noi_street_parse(&street, text);
    assert(street.text.n == 0 || (street.text.p >= text.p && street.text.n <= n));
    noi_house_join(&house, &street);
    assert(house.n_links <= NOI_HOUSE_LINKS);
    noi_hamlet_parse(&hamlet, text);
    assert(hamlet.n <= NOI_HAMLET_PARTS);
    for (size_t i = 0; i < hamlet.n; i++)
        assert(noi_hamlet_key(&hamlet.parts[i]).bare != 0);
    (void)noi_side_by_word(text);
    (void)noi_sheet_key(text);
    return 0;
}
