package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// digests gives for every size one digest over its root and all its proofs.
func (t *tree) digests(sizes int64) []string {
	all := []string{}
	for size := int64(1); size <= sizes; size++ {
		leaves, firsts := []int64{}, []int64{}
		for i := range size {
			leaves, firsts = append(leaves, i), append(firsts, i+1)
		}
		all = append(all, t.digest(size, leaves, firsts))
	}
	return all
}

// largeDigest is over some proofs of a tree whose tiles have three levels.
func (t *tree) largeDigest() string {
	return t.digest(70_000, []int64{0, 1, 255, 256, 4095, 65_535, 65_536, 69_887, 69_888, 69_999}, []int64{1, 255, 256, 257, 4096, 65_535, 65_536, 65_537, 69_888, 69_999, 70_000})
}

func (t *tree) digest(size int64, leaves, firsts []int64) string {
	var content bytes.Buffer
	root := t.root(size)
	content.Write(root[:])
	for _, leaf := range leaves {
		write(&content, t.inclusion(size, leaf))
	}
	for _, first := range firsts {
		write(&content, t.consistency(size, first))
	}
	return hexDigest(content.Bytes())
}

func write(content *bytes.Buffer, proof []tlog.Hash) {
	content.WriteByte(byte(len(proof)))
	for _, hash := range proof {
		content.Write(hash[:])
	}
}

type tilePath struct {
	Level int    `json:"level"`
	Index int64  `json:"index"`
	Width int    `json:"width"`
	Path  string `json:"path"`
}

// tilePaths gives paths as C2SP has them: tlog's without the height, which is always 8.
func tilePaths() []tilePath {
	paths := []tilePath{}
	for _, index := range []int64{0, 1, 66, 999, 1000, 1234, 123_456, 999_999, 1_000_000, 1_234_067} {
		for _, width := range []int{1, 17, 255, 256} {
			tile := tlog.Tile{H: 8, L: int(index % 5), N: index, W: width}
			paths = append(paths, tilePath{tile.L, tile.N, tile.W, strings.TrimPrefix(tile.Path(), "tile/8/")})
		}
	}
	return paths
}

type mutants struct {
	Digest   string `json:"digest"`
	Verdicts string `json:"verdicts"`
}

// chance is the same row of numbers in Go and in TypeScript.
type chance struct{ drawn uint32 }

func (c *chance) below(n int64) int64 {
	hash := c.hash()
	return int64(binary.BigEndian.Uint32(hash[:4])) % n
}

func (c *chance) hash() tlog.Hash {
	c.drawn++
	return sha256.Sum256(binary.BigEndian.AppendUint32([]byte("associa mutants "), c.drawn))
}

// mutants judges proofs of which one thing each was changed; mutants.ts makes the same.
func (t *tree) mutants(count int) mutants {
	c := &chance{}
	var content, verdicts bytes.Buffer
	for n := range count {
		size := 2 + c.below(299)
		at := c.below(size - 1)
		isInclusion := n%2 == 0
		var proof []tlog.Hash
		root, other := t.root(size), tlog.RecordHash(record(at))
		if isInclusion {
			proof = t.inclusion(size, at)
		} else {
			at++
			proof, other = t.consistency(size, at), t.root(at)
		}
		proof, root, other, at = c.mutate(c.below(8), proof, root, other, at, size)
		binary.Write(&content, binary.BigEndian, []uint32{uint32(size), uint32(at)})
		content.Write(root[:])
		content.Write(other[:])
		write(&content, proof)
		var err error
		if isInclusion {
			err = tlog.CheckRecord(proof, size, root, at, other)
		} else {
			err = tlog.CheckTree(proof, size, root, at, other)
		}
		verdicts.WriteString(map[bool]string{true: "+", false: "-"}[err == nil])
	}
	return mutants{hexDigest(content.Bytes()), verdicts.String()}
}

func (c *chance) mutate(kind int64, given []tlog.Hash, root, other tlog.Hash, at, size int64) ([]tlog.Hash, tlog.Hash, tlog.Hash, int64) {
	proof := append([]tlog.Hash{}, given...)
	length := int64(len(proof))
	switch {
	case kind == 0 && length > 0:
		flip(&proof[c.below(length)], c.below(256))
	case kind == 1 && length > 0:
		gone := c.below(length)
		proof = append(proof[:gone], proof[gone+1:]...)
	case kind == 2 && length > 0:
		twice := c.below(length)
		proof = append(proof[:twice+1], given[twice:]...)
	case kind == 3 && length > 1:
		one := c.below(length - 1)
		proof[one], proof[one+1] = proof[one+1], proof[one]
	case kind == 4:
		flip(&root, c.below(256))
	case kind == 5:
		flip(&other, c.below(256))
	case kind == 6:
		at++
	default:
		proof = append(proof, c.hash())
	}
	return proof, root, other, at
}

func flip(hash *tlog.Hash, bit int64) { hash[bit/8] ^= 1 << (bit % 8) }

func hexDigest(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}
