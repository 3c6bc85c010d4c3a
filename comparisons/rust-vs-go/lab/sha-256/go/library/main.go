// Hashes bytes with the standard library.
package main

import (
	"crypto/sha256"

	"comparisons.example/rust-vs-go/lab/sha-256/go/data"
)

func main() {
	bytes := data.Bytes()
	hash := sha256.New()
	for range data.Argument() {
		hash.Write(bytes)
	}
	data.Finish(hash.Sum(nil))
}
