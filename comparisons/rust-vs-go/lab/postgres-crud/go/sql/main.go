// Keeps items in PostgreSQL by database/sql, with pgx as its driver.
package main

import (
	"context"
	"database/sql"
	"errors"
	"log"
	"os"

	_ "github.com/jackc/pgx/v5/stdlib"

	"comparisons.example/rust-vs-go/lab/postgres-crud/go/items"
)

type store struct {
	db *sql.DB
}

func (s store) one(ctx context.Context, query string, args ...any) (items.Item, error) {
	var item items.Item
	err := s.db.QueryRowContext(ctx, query, args...).Scan(&item.ID, &item.Name, &item.Quantity)
	if errors.Is(err, sql.ErrNoRows) {
		return item, items.ErrNotFound
	}
	return item, err
}

func (s store) Insert(ctx context.Context, item items.NewItem) (items.Item, error) {
	return s.one(ctx, items.Insert, item.Name, item.Quantity)
}

func (s store) Find(ctx context.Context, id int64) (items.Item, error) {
	return s.one(ctx, items.Select, id)
}

func (s store) Update(ctx context.Context, id int64, item items.NewItem) (items.Item, error) {
	return s.one(ctx, items.Update, id, item.Name, item.Quantity)
}

func (s store) Delete(ctx context.Context, id int64) error {
	done, err := s.db.ExecContext(ctx, items.Delete, id)
	if err != nil {
		return err
	}
	if rows, err := done.RowsAffected(); err != nil || rows > 0 {
		return err
	}
	return items.ErrNotFound
}

func run(ctx context.Context) error {
	db, err := sql.Open("pgx", os.Getenv("DATABASE_URL"))
	if err != nil {
		return err
	}
	defer db.Close()
	// Without the second limit it would close all but two connections whenever they are idle.
	db.SetMaxOpenConns(items.PoolSize)
	db.SetMaxIdleConns(items.PoolSize)
	if _, err := db.ExecContext(ctx, items.Schema); err != nil {
		return err
	}
	return items.Serve(os.Args[1], store{db})
}

func main() {
	if err := run(context.Background()); err != nil {
		log.Fatal(err)
	}
}
