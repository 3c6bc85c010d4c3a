// Keeps sessions in memory and serves them; arguments: the address, and how many there are at first.
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"os"
	"strconv"
	"sync"
)

const (
	items    = 8
	maxBytes = 2 << 20
)

type session struct {
	User  string   `json:"user"`
	Items []string `json:"items"`
}

func sessionOf(id uint64) *session {
	made := session{fmt.Sprintf("user %d", id), make([]string, 0, items)}
	for item := range items {
		made.Items = append(made.Items, fmt.Sprintf("item %d of %d", item+1, id))
	}
	return &made
}

type sessions struct {
	mutex sync.Mutex
	byID  map[uint64]*session
}

func (s *sessions) get(id uint64) (*session, bool) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	found, ok := s.byID[id]
	return found, ok
}

func (s *sessions) put(id uint64, session *session) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.byID[id] = session
}

func (s *sessions) read(w http.ResponseWriter, r *http.Request) {
	id, err := strconv.ParseUint(r.PathValue("id"), 10, 64)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	session, ok := s.get(id)
	if !ok {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	body, err := json.Marshal(session)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Write(body)
}

func (s *sessions) replace(w http.ResponseWriter, r *http.Request) {
	id, err := strconv.ParseUint(r.PathValue("id"), 10, 64)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	var session session
	err = json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBytes)).Decode(&session)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	s.put(id, &session)
	w.WriteHeader(http.StatusNoContent)
}

func main() {
	count, err := strconv.ParseUint(os.Args[2], 10, 64)
	if err != nil {
		log.Fatal(err)
	}
	s := sessions{byID: make(map[uint64]*session, count)}
	for id := uint64(1); id <= count; id++ {
		s.byID[id] = sessionOf(id)
	}
	http.HandleFunc("GET /sessions/{id}", s.read)
	http.HandleFunc("PUT /sessions/{id}", s.replace)
	log.Fatal(http.ListenAndServe(os.Args[1], nil))
}
