// Keeps items in PostgreSQL by pgx and its pool.
package main

import (
	"context"
	"errors"
	"log"
	"os"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"comparisons.example/rust-vs-go/lab/postgres-crud/go/items"
)

type store struct {
	pool *pgxpool.Pool
}

func (s store) one(ctx context.Context, query string, args ...any) (items.Item, error) {
	rows, err := s.pool.Query(ctx, query, args...)
	if err != nil {
		return items.Item{}, err
	}
	item, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[items.Item])
	if errors.Is(err, pgx.ErrNoRows) {
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
	done, err := s.pool.Exec(ctx, items.Delete, id)
	if err == nil && done.RowsAffected() == 0 {
		return items.ErrNotFound
	}
	return err
}

func run(ctx context.Context) error {
	config, err := pgxpool.ParseConfig(os.Getenv("DATABASE_URL"))
	if err != nil {
		return err
	}
	config.MaxConns = items.PoolSize
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return err
	}
	defer pool.Close()
	if _, err := pool.Exec(ctx, items.Schema); err != nil {
		return err
	}
	return items.Serve(os.Args[1], store{pool})
}

func main() {
	if err := run(context.Background()); err != nil {
		log.Fatal(err)
	}
}
