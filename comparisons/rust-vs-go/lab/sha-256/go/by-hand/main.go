// Hashes bytes with SHA-256 as FIPS 180-4 describes it.
package main

import (
	"encoding/binary"
	"math/bits"

	"comparisons.example/rust-vs-go/lab/sha-256/go/data"
)

// k is the first bits of the cube roots of the first 64 primes.
var k = [64]uint32{
	0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5,
	0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
	0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
	0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
	0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc,
	0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
	0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7,
	0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
	0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
	0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
	0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3,
	0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
	0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5,
	0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
	0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
	0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
}

type sha256 struct {
	state  [8]uint32
	length uint64
}

func newSHA256() *sha256 {
	return &sha256{state: [8]uint32{
		0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
	}}
}

// update takes whole blocks of 64 bytes.
func (s *sha256) update(bytes []byte) {
	s.length += uint64(len(bytes))
	for ; len(bytes) >= 64; bytes = bytes[64:] {
		s.compress(bytes[:64])
	}
}

func (s *sha256) compress(block []byte) {
	var w [64]uint32
	for i := range 16 {
		w[i] = binary.BigEndian.Uint32(block[4*i:])
	}
	for i := 16; i < 64; i++ {
		s0 := bits.RotateLeft32(w[i-15], -7) ^ bits.RotateLeft32(w[i-15], -18) ^ (w[i-15] >> 3)
		s1 := bits.RotateLeft32(w[i-2], -17) ^ bits.RotateLeft32(w[i-2], -19) ^ (w[i-2] >> 10)
		w[i] = w[i-16] + s0 + w[i-7] + s1
	}
	a, b, c, d := s.state[0], s.state[1], s.state[2], s.state[3]
	e, f, g, h := s.state[4], s.state[5], s.state[6], s.state[7]
	for i := range 64 {
		s1 := bits.RotateLeft32(e, -6) ^ bits.RotateLeft32(e, -11) ^ bits.RotateLeft32(e, -25)
		choice := (e & f) ^ (^e & g)
		t1 := h + s1 + choice + k[i] + w[i]
		s0 := bits.RotateLeft32(a, -2) ^ bits.RotateLeft32(a, -13) ^ bits.RotateLeft32(a, -22)
		majority := (a & b) ^ (a & c) ^ (b & c)
		t2 := s0 + majority
		h, g, f, e = g, f, e, d+t1
		d, c, b, a = c, b, a, t1+t2
	}
	for i, value := range [8]uint32{a, b, c, d, e, f, g, h} {
		s.state[i] += value
	}
}

func (s *sha256) sum() []byte {
	var padding [64]byte
	padding[0] = 0x80
	binary.BigEndian.PutUint64(padding[56:], 8*s.length)
	s.compress(padding[:])
	var hash []byte
	for _, word := range s.state {
		hash = binary.BigEndian.AppendUint32(hash, word)
	}
	return hash
}

func main() {
	bytes := data.Bytes()
	hash := newSHA256()
	for range data.Argument() {
		hash.update(bytes)
	}
	data.Finish(hash.sum())
}
