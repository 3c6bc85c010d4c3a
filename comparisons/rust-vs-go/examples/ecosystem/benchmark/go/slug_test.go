package slug

import (
	"fmt"
	"strings"
	"testing"
)

func TestMake(t *testing.T) {
	for title, want := range map[string]string{
		"Rust vs. Go: HTTP/2": "rust-vs-go-http-2",
		"…":                   "",
	} {
		if got := Make(title); got != want {
			t.Errorf("Make(%q) = %q; want %q", title, got, want)
		}
	}
}

// region: bench
func BenchmarkMake(b *testing.B) {
	for _, words := range []int{4, 400} {
		title := strings.Repeat("Word, ", words)
		b.Run(fmt.Sprintf("words=%d", words), func(b *testing.B) {
			b.SetBytes(int64(len(title)))
			b.ReportAllocs()
			for b.Loop() {
				Make(title)
			}
		})
	}
}

// endregion
