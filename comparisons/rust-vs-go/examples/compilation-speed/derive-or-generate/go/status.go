// Package status has the names of a type's values, by code that a tool wrote once.
package status

// region: types

//go:generate go tool stringer -type=Status -linecomment

// Status is how far a job has come.
type Status int

// The texts at the ends of the lines are the names.
const (
	Pending Status = iota // pending
	Running               // running
	Done                  // done
)

// MarshalText makes the name the JSON of a status.
func (s Status) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Job is one piece of work.
type Job struct {
	ID     int    `json:"id"`
	Status Status `json:"status"`
}

// endregion
