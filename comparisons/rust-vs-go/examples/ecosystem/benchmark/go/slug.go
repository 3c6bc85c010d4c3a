// Package slug makes a title fit for an address.
package slug

import (
	"strings"
	"unicode"
)

// region: function

// Make returns the words of a title in lower case, joined by hyphens.
func Make(title string) string {
	var slug strings.Builder
	slug.Grow(len(title))
	for word := range strings.FieldsFuncSeq(title, isSeparator) {
		if slug.Len() > 0 {
			slug.WriteByte('-')
		}
		for _, r := range word {
			slug.WriteRune(unicode.ToLower(r))
		}
	}
	return slug.String()
}

func isSeparator(r rune) bool {
	switch {
	case '0' <= r && r <= '9', 'A' <= r && r <= 'Z', 'a' <= r && r <= 'z':
		return false
	}
	return true
}

// endregion
