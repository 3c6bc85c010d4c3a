// A thousand readings are encoded into one buffer, which is cleared and used again.
package main

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"strconv"
)

const capacity = 64

type reading struct {
	sensor uint32
	value  int64
}

// region: encode
func appendReading(line []byte, r reading) []byte {
	line = append(line, "sensor="...)
	line = strconv.AppendUint(line, uint64(r.sensor), 10)
	line = append(line, " value="...)
	line = strconv.AppendInt(line, r.value, 10)
	return append(line, '\n')
}

// endregion

// region: reuse
func sendAll(output io.Writer, readings []reading) (int, error) {
	line := make([]byte, 0, capacity)
	for _, r := range readings {
		line = appendReading(line[:0], r)
		if _, err := output.Write(line); err != nil {
			return 0, err
		}
	}
	return cap(line), nil
}

// endregion

func main() {
	readings := make([]reading, 1000)
	for i := range readings {
		readings[i] = reading{sensor: uint32(i), value: int64(i) - 500}
	}
	var sent bytes.Buffer
	atEnd, err := sendAll(&sent, readings)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(sent.Len(), "bytes sent")
	fmt.Printf("buffer of %d bytes, %d at the end\n", capacity, atEnd)
}
