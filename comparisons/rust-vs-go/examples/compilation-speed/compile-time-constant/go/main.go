// A checksum table computed when the program starts.
package main

import "fmt"

// region: constants
const (
	polynomial = 0xEDB8_8320
	limit      = 1 << 20
	buffer     = 64 << 10
)

// Any index but 0 is out of range, and stops the build.
var _ = [1]struct{}{limit % buffer: {}}

var table = checksumTable()

// endregion

// region: table
func checksumTable() [256]uint32 {
	var table [256]uint32
	for index := range table {
		value := uint32(index)
		for range 8 {
			value = value>>1 ^ polynomial*(value&1)
		}
		table[index] = value
	}
	return table
}

// endregion

func checksum(data []byte) uint32 {
	sum := ^uint32(0)
	for _, b := range data {
		sum = sum>>8 ^ table[byte(sum)^b]
	}
	return ^sum
}

func main() {
	fmt.Printf("table of %d, last %08x\n", len(table), table[255])
	fmt.Printf("checksum %08x\n", checksum([]byte("123456789")))
	fmt.Println("limit", limit)
}
