#!/bin/sh
# Signing: a registry with signers takes only a plan that enough of them signed; nobody makes himself a signer;
# noi verify finds what was done without them.
. tests/cli/tap.sh
. tests/cli/two_wards.sh
printf 'id,text,old_code\nA1,"5 Lê Lợi, Phường Hòa Bình, Quận 2",20020\nA2,"7 Lê Lợi, Phường 1, Quận 1",20001\n' >"$T/addresses.csv"
{
    begin_two_wards
    "$NOI" import "$r" addresses "$T/addresses.csv" --as-of 2025-06-30
    "$NOI" plan "$r" -o "$T/plan"
} >"$T/made" 2>&1

# Keys
printf 'mở khóa\n' >"$T/pass"
printf 'sai\n' >"$T/wrong"
run "$NOI_SAN" sign --new-key "$T/an" --name "Nguyễn Văn An" --passphrase-file "$T/pass"
is "$status" 0 "a key is made"
is "$(stat -c %a "$T/an.key")" 600 "for its owner alone"
is "$(grep -c '^secret' "$T/an.key")" 0 "locked by the passphrase"
run "$NOI" sign --new-key "$T/an"
is "$status" 4 "and is never replaced"
"$NOI" sign --new-key "$T/binh" --name "Trần Thị Bình" >"$T/made"
"$NOI" sign --new-key "$T/chi" >"$T/made"
run "$NOI_SAN" sign "$T/plan" --key "$T/an.key"
is "$status" 2 "a locked key wants its passphrase"
run "$NOI_SAN" sign "$T/plan" --key "$T/an.key" --passphrase-file "$T/wrong"
is "$status" 3 "and not another"
like "$err" "the passphrase does not open the key" "which is said"
run "$NOI" sign "$T/plan" --key "$T/an.pub"
is "$status" 3 "a public key does not sign"
sed 's/^public: ./public: f/' "$T/binh.key" >"$T/torn.key"
run "$NOI_SAN" sign "$T/plan" --key "$T/torn.key"
is "$status" 3 "a key whose halves do not belong together is refused"

# A draft
run "$NOI" sign "$r" --list
like "$out" "has no signers: it is a draft" "a registry without signers is a draft"
run "$NOI_SAN" sign "$r" --trust "$T/an.pub" --reason "tổ trưởng"
is "$status" 0 "the first signer is trusted as one is"
run "$NOI_SAN" merge "$r" --plan "$T/plan"
is "$status" 4 "from then on a plan must be signed"
like "$err" "the plan is not signed, and needs 1 signatures" "which is said"
run "$NOI" merge "$r" --plan "$T/plan" --dry-run
is "$status" 0 "a dry run needs no signature"
run "$NOI_SAN" sign "$T/plan" --key "$T/chi.key"
is "$status" 0 "anybody can sign"
run "$NOI" merge "$r" --plan "$T/plan"
is "$status" 4 "but who is not trusted does not count"
like "$err" "bears 0 of the 1 signatures that it needs .chi: not trusted here" "and is named"

# Nobody makes himself a signer
run "$NOI_SAN" sign "$r" --trust "$T/chi.pub"
is "$status" 4 "a second signer wants the first one's signature"
run "$NOI_SAN" sign "$r" --trust "$T/binh.pub" --change "$T/change"
is "$status" 1 "the change is written, and waits"
run "$NOI" sign "$r" --trust "$T/binh.pub" --change "$T/change"
is "$status" 4 "it is not carried out unsigned"
"$NOI" sign "$T/change" --key "$T/chi.key" >"$T/made"
run "$NOI" sign "$r" --trust "$T/binh.pub" --change "$T/change"
is "$status" 4 "nor by a stranger"
run "$NOI_SAN" sign "$T/change" --key "$T/an.key" --passphrase-file "$T/pass"
run "$NOI" sign "$r" --trust "$T/chi.pub" --change "$T/change"
is "$status" 4 "what was signed is that change and no other"
run "$NOI_SAN" sign "$r" --trust "$T/binh.pub" --change "$T/change"
is "$status" 0 "signed by the first, the second is trusted"
run "$NOI" sign "$r" --trust "$T/binh.pub" --change "$T/change"
is "$status" 4 "once"
run "$NOI" sign "$r" --needs 3 --change "$T/change3"
is "$status" 4 "more signatures than there are signers cannot be asked for"
"$NOI" sign "$r" --needs 2 --change "$T/change2" >"$T/made"
"$NOI" sign "$T/change2" --key "$T/binh.key" >"$T/made"
run "$NOI_SAN" sign "$r" --needs 2 --change "$T/change2"
is "$status" 0 "two are asked for"

# Two signatures
rm "$T/plan.sig"
"$NOI" sign "$T/plan" --key "$T/binh.key" >"$T/made"
"$NOI" sign "$T/plan" --key "$T/binh.key" >"$T/made"
run "$NOI" merge "$r" --plan "$T/plan"
is "$status" 4 "who signs twice is one"
like "$err" "bears 1 of the 2 signatures" "and is counted once"
"$NOI" sign "$T/plan" --key "$T/an.key" --passphrase-file "$T/pass" >"$T/made"
run "$NOI_SAN" sign "$T/plan" --check --registry "$r"
is "$status" 0 "two different ones are enough"
cp "$T/plan.sig" "$T/kept.sig"
sed 's/^\(signed: [0-9a-f]* \)\(.\)/\10/; s/^\(signed: [0-9a-f]* 0\)/\1/' "$T/kept.sig" >"$T/plan.sig"
run "$NOI_SAN" sign "$T/plan" --check --json
is "$status" 1 "a signature that was changed does not hold"
run "$NOI" merge "$r" --plan "$T/plan"
is "$status" 4 "and merges nothing"
sed 's/Trần Thị Bình/Chủ tịch/' "$T/kept.sig" >"$T/plan.sig"
run "$NOI" merge "$r" --plan "$T/plan"
is "$status" 4 "nor does one under another name"
sed 's/^of: ..../of: 0000/' "$T/kept.sig" >"$T/plan.sig"
run "$NOI" merge "$r" --plan "$T/plan"
is "$status" 0 "what the file says it is of does not matter: the signatures are of this plan"
rm "$T/plan.sig"
run "$NOI" verify "$r"
is "$status" 0 "the registry is whole"
like "$out" "unbroken" "with its signatures"

# Another plan, another version
printf 'id,text,old_code\nA3,"8 Lê Lợi, Phường 1, Quận 1",20001\n' >"$T/more.csv"
"$NOI" import "$r" addresses "$T/more.csv" --as-of 2025-06-30 >"$T/made"
"$NOI" plan "$r" -o "$T/plan2" >"$T/made"
run "$NOI" merge "$r" --plan "$T/plan2" --signature "$T/kept.sig"
is "$status" 4 "signatures of another plan do not count"
like "$err" "does not hold" "which is said of each"
printf 'noi-signatures 1\nof: x\n' >"$T/bad.sig"
run "$NOI_SAN" merge "$r" --plan "$T/plan2" --signature "$T/bad.sig"
is "$status" 3 "a file that is none is refused"
"$NOI" sign "$T/plan2" --key "$T/binh.key" >"$T/made"
"$NOI" sign "$T/plan2" --key "$T/an.key" --passphrase-file "$T/pass" >"$T/made"
run "$NOI" merge "$r" --plan "$T/plan2"
is "$status" 0 "the new plan merges by its own"

# What was done from outside
changed() {
    cp "$r" "$T/c.noi"
    sqlite3 "$T/c.noi" "PRAGMA foreign_keys = OFF; $1"
    run "$NOI_SAN" verify "$T/c.noi"
    is "$status" 1 "found: $1"
    like "$out" "$2" "and named: $2"
}
changed "DELETE FROM run_signature WHERE name LIKE 'Tr%'" "run [0-9]* was not signed by as many as it needed: 1 signatures hold"
changed "INSERT INTO signer_event (what, name, public_key, change, run_id) SELECT 'trust', 'x', printf('%064d', 1), 'x', max(id) FROM run" \
    "signer trust x: no run of the ledger wrote it"
changed "UPDATE signer_event SET public_key = printf('%064d', 1) WHERE id = 1" "was not signed by as many"
changed "UPDATE run SET plan_hash = printf('%064d', 1) WHERE command = 'merge'" "was not signed by as many"
changed "DELETE FROM signer_event" "files or decisions that it took in are not as they were written"
run "$NOI" sign "$r" --revoke "Nguyễn Văn An" --change "$T/change4"
is "$status" 4 "nobody is revoked whose signature is needed"
done_testing
