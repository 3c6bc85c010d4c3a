// A nil pointer of a concrete error type becomes an error that is not nil.
package main

import (
	"fmt"
	"log"
)

type quotaError struct{ size, limit int }

func (e *quotaError) Error() string {
	return fmt.Sprintf("%d bytes are over the limit of %d", e.size, e.limit)
}

func checkQuota(size int, unlimited bool) error {
	if unlimited {
		return nil
	}
	var quotaErr *quotaError
	if limit := 100; size > limit {
		quotaErr = &quotaError{size, limit}
	}
	return quotaErr
}

func main() {
	if err := checkQuota(40, false); err != nil {
		log.Fatalf("refused: %v", err)
	}
	fmt.Println("stored 40 bytes")
}
