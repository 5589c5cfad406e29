package main

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// The keys are for these tests and nothing else.
const (
	name = "associa.example/log"
	text = name + "\n3\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n"
)

type signedNote struct {
	Verifier string `json:"verifier"`
	Signer   string `json:"signer"`
	Note     string `json:"note"`
}

type noteCase struct {
	Name  string `json:"name"`
	Note  string `json:"note"`
	Holds bool   `json:"holds"`
}

func goSigned() signedNote {
	seed := sha256.Sum256([]byte("the key of a test"))
	key := ed25519.NewKeyFromSeed(seed[:])
	verifier, err := note.NewEd25519VerifierKey(name, key.Public().(ed25519.PublicKey))
	must(err)
	hash := strings.Split(verifier, "+")[1]
	skey := fmt.Sprintf("PRIVATE+KEY+%s+%s+%s", name, hash, base64.StdEncoding.EncodeToString(append([]byte{1}, seed[:]...)))
	signer, err := note.NewSigner(skey)
	must(err)
	signed, err := note.Sign(&note.Note{Text: text}, signer)
	must(err)
	return signedNote{verifier, skey, string(signed)}
}

// judged notes whether each is signed by the key.
func judged(cases []noteCase, key string) []noteCase {
	verifier, err := note.NewVerifier(key)
	must(err)
	for at := range cases {
		_, err := note.Open([]byte(cases[at].Note), note.VerifierList(verifier))
		cases[at].Holds = err == nil
	}
	return cases
}

func brokenNotes(good string) []noteCase {
	split := strings.LastIndex(good, "\n\n")
	body, line := good[:split+1], good[split+2:]
	signature := strings.Fields(line)[2]
	raw, err := base64.StdEncoding.DecodeString(signature)
	must(err)
	with := func(at int) string {
		changed := append([]byte{}, raw...)
		changed[at] ^= 1
		return strings.Replace(good, signature, base64.StdEncoding.EncodeToString(changed), 1)
	}
	stranger := "— other.example/log " + base64.StdEncoding.EncodeToString(make([]byte, 68)) + "\n"
	return []noteCase{
		{Name: "as it was signed", Note: good},
		{Name: "another size", Note: strings.Replace(good, "\n3\n", "\n4\n", 1)},
		{Name: "an extension", Note: strings.Replace(good, "\n\n", "\nextension\n\n", 1)},
		{Name: "a bit of the signature", Note: with(40)},
		{Name: "the last bit of the signature", Note: with(len(raw) - 1)},
		{Name: "a bit of the hash of the key", Note: with(0)},
		{Name: "a name that is not the key's", Note: strings.Replace(good, "— "+name, "— "+name+"2", 1)},
		{Name: "no signature", Note: body + "\n"},
		{Name: "no empty line", Note: body + line},
		{Name: "no line end", Note: strings.TrimSuffix(good, "\n")},
		{Name: "a signature beside it of somebody else", Note: good + stranger},
		{Name: "a signature before it of somebody else", Note: body + "\n" + stranger + line},
		{Name: "the signature of somebody else alone", Note: body + "\n" + stranger},
		{Name: "the signature twice", Note: good + line},
		{Name: "a broken signature of the key after a good one", Note: good + strings.SplitN(with(40), "\n\n", 2)[1]},
		{Name: "a broken signature of the key before a good one", Note: with(40) + line},
		{Name: "a carriage return", Note: strings.ReplaceAll(good, "\n", "\r\n")},
		{Name: "a tab", Note: strings.Replace(good, "\n3\n", "\n3\t\n", 1)},
		{Name: "a hyphen in place of the dash", Note: strings.Replace(good, "— ", "- ", 1)},
		{Name: "two spaces before the signature", Note: strings.Replace(good, " "+signature, "  "+signature, 1)},
		{Name: "words after the signatures", Note: good + "more\n"},
		{Name: "a signature without a name", Note: body + "\n— " + signature + "\n"},
		{Name: "a signature of four bytes", Note: body + "\n— " + name + " " + base64.StdEncoding.EncodeToString(raw[:4]) + "\n"},
		{Name: "a hundred signatures", Note: good + strings.Repeat(stranger, 99)},
		{Name: "more than a hundred signatures", Note: good + strings.Repeat(stranger, 100)},
		{Name: "nothing", Note: ""},
		{Name: "a line end alone", Note: "\n\n"},
	}
}
