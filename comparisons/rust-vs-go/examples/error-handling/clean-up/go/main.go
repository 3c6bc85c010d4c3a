// What is released on the way out of a function, and where the error of a close goes.
package main

import (
	"errors"
	"fmt"
)

// A journal is written through a buffer, so that closing it can fail.
type journal struct {
	diskIsFull bool
}

func (j *journal) write(line string) error {
	if line == "" {
		return errors.New("empty line")
	}
	fmt.Println("  write", line)
	return nil
}

func (j *journal) close() error {
	fmt.Println("  close the journal")
	if j.diskIsFull {
		return errors.New("disk full")
	}
	return nil
}

func giveBackLease() {
	fmt.Println("  give the lease back")
}

// region: append
func appendLines(lines []string, diskIsFull bool) (err error) {
	defer giveBackLease()
	j := &journal{diskIsFull}
	defer func() { err = errors.Join(err, j.close()) }()
	for _, line := range lines {
		if err := j.write(line); err != nil {
			return err
		}
	}
	return nil
}

// endregion

func main() {
	cases := []struct {
		name       string
		lines      []string
		diskIsFull bool
	}{
		{"good", []string{"a", "b"}, false},
		{"bad line", []string{"a", ""}, false},
		{"full disk", []string{"a"}, true},
	}
	for _, c := range cases {
		fmt.Println(c.name)
		if err := appendLines(c.lines, c.diskIsFull); err != nil {
			fmt.Println("  failed:", err)
			continue
		}
		fmt.Println("  written")
	}
}
