// Package items has items in a table, and their HTTP interface; each program stores them by another library.
package items

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"net/http"
	"strconv"
)

// PoolSize is how many connections a program has at most.
const PoolSize = 8

const maxBytes = 2 << 20

// Schema makes and fills the table.
const Schema = `
CREATE TABLE items (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL,
    quantity bigint NOT NULL
);
INSERT INTO items (name, quantity)
SELECT 'item ' || number, number FROM generate_series(1, 1000) AS number;
`

// The statements.
const (
	Insert = "INSERT INTO items (name, quantity) VALUES ($1, $2) RETURNING id, name, quantity"
	Select = "SELECT id, name, quantity FROM items WHERE id = $1"
	Update = "UPDATE items SET name = $2, quantity = $3 WHERE id = $1 RETURNING id, name, quantity"
	Delete = "DELETE FROM items WHERE id = $1"
)

// ErrNotFound says that there is no such item.
var ErrNotFound = errors.New("not found")

// A NewItem is not stored yet.
type NewItem struct {
	Name     string `json:"name"`
	Quantity int64  `json:"quantity"`
}

// An Item is a row.
type Item struct {
	ID       int64  `json:"id"`
	Name     string `json:"name"`
	Quantity int64  `json:"quantity"`
}

// A Store is where items are kept.
type Store interface {
	Insert(ctx context.Context, item NewItem) (Item, error)
	Find(ctx context.Context, id int64) (Item, error)
	Update(ctx context.Context, id int64, item NewItem) (Item, error)
	Delete(ctx context.Context, id int64) error
}

type service struct {
	store Store
}

func (s service) create(w http.ResponseWriter, r *http.Request) {
	item, ok := newItem(w, r)
	if !ok {
		return
	}
	created, err := s.store.Insert(r.Context(), item)
	if err == nil {
		w.Header().Set("Location", fmt.Sprintf("/items/%d", created.ID))
	}
	answer(w, http.StatusCreated, created, err)
}

func (s service) read(w http.ResponseWriter, r *http.Request) {
	id, ok := itemID(w, r)
	if !ok {
		return
	}
	item, err := s.store.Find(r.Context(), id)
	answer(w, http.StatusOK, item, err)
}

func (s service) update(w http.ResponseWriter, r *http.Request) {
	id, ok := itemID(w, r)
	if !ok {
		return
	}
	item, ok := newItem(w, r)
	if !ok {
		return
	}
	updated, err := s.store.Update(r.Context(), id, item)
	answer(w, http.StatusOK, updated, err)
}

func (s service) delete(w http.ResponseWriter, r *http.Request) {
	id, ok := itemID(w, r)
	if !ok {
		return
	}
	if err := s.store.Delete(r.Context(), id); err != nil {
		fail(w, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func itemID(w http.ResponseWriter, r *http.Request) (int64, bool) {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
	}
	return id, err == nil
}

func newItem(w http.ResponseWriter, r *http.Request) (NewItem, bool) {
	var item NewItem
	err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBytes)).Decode(&item)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
	}
	return item, err == nil
}

func answer(w http.ResponseWriter, status int, item Item, err error) {
	if err != nil {
		fail(w, err)
		return
	}
	body, err := json.Marshal(item)
	if err != nil {
		fail(w, err)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	w.Write(body)
}

func fail(w http.ResponseWriter, err error) {
	if errors.Is(err, ErrNotFound) {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	log.Print(err)
	w.WriteHeader(http.StatusInternalServerError)
}

// Serve serves items at an address.
func Serve(address string, store Store) error {
	s := service{store}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /items", s.create)
	mux.HandleFunc("GET /items/{id}", s.read)
	mux.HandleFunc("PUT /items/{id}", s.update)
	mux.HandleFunc("DELETE /items/{id}", s.delete)
	return http.ListenAndServe(address, mux)
}
