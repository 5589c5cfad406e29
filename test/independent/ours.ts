import { hash } from 'node:crypto';
import { signCheckpoint } from '../../tlog/checkpoint.ts';
import { parseSigner, signerKey, signNote } from '../../tlog/note.ts';

/** A key for tests and nothing else: the same as in notes.go. */
export const TEST_SIGNER = parseSigner(signerKey('associa.example/log', hash('sha256', 'the key of a test', 'buffer')));
export const OTHER_SIGNER = parseSigner(signerKey('associa.example/log', hash('sha256', 'another key of a test', 'buffer')));

/** Notes as our code signs them, for Go to judge. */
export function ourNotes(): { readonly name: string; readonly note: string }[] {
  const roots = Array.from({ length: 20 }, (_, size) => ({ size: size * 7919, root: hash('sha256', `root ${size}`, 'buffer') }));
  return [
    ...roots.map((tree) => ({ name: `a checkpoint of ${tree.size} leaves`, note: signCheckpoint(tree, [TEST_SIGNER]) })),
    { name: 'two keys', note: signNote('due chiavi\n', [OTHER_SIGNER, TEST_SIGNER]) },
    { name: 'letters beyond ASCII', note: signNote('perché no — è così\n', [TEST_SIGNER]) },
    { name: 'empty lines in the text', note: signNote('one\n\n\ntwo\n', [TEST_SIGNER]) },
    { name: 'another key', note: signNote('altra chiave\n', [OTHER_SIGNER]) },
  ];
}
