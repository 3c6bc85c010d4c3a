// Data passed into a struct that keeps it, and lent out again.
package main

import (
	"fmt"
	"iter"
	"slices"
	"strings"
)

// region: api
type watch struct {
	name  string
	hosts []string
}

func newWatch(name string, hosts []string) *watch {
	return &watch{name: name, hosts: slices.Clone(hosts)}
}

func (w *watch) covers(host string) bool {
	return slices.Contains(w.hosts, host)
}

func (w *watch) all() iter.Seq[string] {
	return slices.Values(w.hosts)
}

// endregion

// region: use
func main() {
	hosts := []string{"db-1", "db-2"}
	disk := newWatch("disk", hosts)
	hosts[0] = "web-1"
	load := newWatch(fmt.Sprintf("load over %d", 8), hosts)

	for _, w := range []*watch{disk, load} {
		names := slices.Collect(w.all())
		fmt.Printf("%s: %s\n", w.name, strings.Join(names, ", "))
		fmt.Println("covers db-1:", w.covers("db-1"))
	}
}

// endregion
