// What Go's own implementation of transparency logs says, for the tests of ours: see record.ts.
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"os"

	"golang.org/x/mod/sumdb/tlog"
)

// answer is what is kept in test/golden/tlog/go.json.
type answer struct {
	Trees   []string   `json:"trees"`
	Large   string     `json:"large"`
	Tiles   []tilePath `json:"tiles"`
	Mutants mutants    `json:"mutants"`
	Signed  signedNote `json:"signed"`
	Broken  []noteCase `json:"broken"`
	Ours    []noteCase `json:"ours"`
}

func main() {
	var ours []noteCase
	must(json.NewDecoder(os.Stdin).Decode(&ours))
	tree := newTree(70_000)
	signed := goSigned()
	out := json.NewEncoder(os.Stdout)
	out.SetIndent("", " ")
	must(out.Encode(answer{
		Trees: tree.digests(300), Large: tree.largeDigest(), Tiles: tilePaths(), Mutants: tree.mutants(1000),
		Signed: signed, Broken: judged(brokenNotes(signed.Note), signed.Verifier), Ours: judged(ours, signed.Verifier),
	}))
}

// tree holds the hashes of a log in memory, as tlog stores them.
type tree struct{ stored []tlog.Hash }

func newTree(size int64) *tree {
	t := &tree{}
	for i := range size {
		hashes, err := tlog.StoredHashes(i, record(i), t)
		must(err)
		t.stored = append(t.stored, hashes...)
	}
	return t
}

func record(i int64) []byte { return fmt.Appendf(nil, "associa %d", i) }

// ReadHashes makes it a tlog.HashReader.
func (t *tree) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(indexes))
	for at, index := range indexes {
		hashes[at] = t.stored[index]
	}
	return hashes, nil
}

func (t *tree) root(size int64) tlog.Hash {
	hash, err := tlog.TreeHash(size, t)
	must(err)
	return hash
}

func (t *tree) inclusion(size, leaf int64) tlog.RecordProof {
	proof, err := tlog.ProveRecord(size, leaf, t)
	must(err)
	must(tlog.CheckRecord(proof, size, t.root(size), leaf, tlog.RecordHash(record(leaf))))
	return proof
}

func (t *tree) consistency(second, first int64) tlog.TreeProof {
	proof, err := tlog.ProveTree(second, first, t)
	must(err)
	must(tlog.CheckTree(proof, second, t.root(second), first, t.root(first)))
	return proof
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
