-- Who signed stays in the house, like the officers.
DELETE FROM run_signature;
DELETE FROM signer_event;
