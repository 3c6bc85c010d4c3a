// A repository on PostgreSQL: errors by kind, and a transaction that ends either way.
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"

	"github.com/jackc/pgerrcode"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

const schema = `CREATE TABLE accounts (
	name text PRIMARY KEY,
	email text,
	balance bigint NOT NULL CHECK (balance >= 0)
)`

// region: errors
var (
	errNameTaken = errors.New("the name is taken")
	errNoAccount = errors.New("no such account")
	errNotEnough = errors.New("not enough money")
)

func byKind(err error) error {
	failed, ok := errors.AsType[*pgconn.PgError](err)
	switch {
	case !ok:
		return err
	case failed.Code == pgerrcode.UniqueViolation:
		return errNameTaken
	case failed.Code == pgerrcode.CheckViolation:
		return errNotEnough
	default:
		return err
	}
}

// endregion

// region: repository
type account struct {
	Name    string
	Email   *string
	Balance int64
}

type accounts struct {
	pool *pgxpool.Pool
}

func (a *accounts) open(ctx context.Context, name string, email *string, balance int64) error {
	_, err := a.pool.Exec(ctx,
		"INSERT INTO accounts (name, email, balance) VALUES ($1, $2, $3)",
		name, email, balance)
	return byKind(err)
}

func (a *accounts) all(ctx context.Context) ([]account, error) {
	rows, err := a.pool.Query(ctx, "SELECT name, email, balance FROM accounts ORDER BY name")
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByName[account])
}

func (a *accounts) transfer(ctx context.Context, from, to string, amount int64) error {
	return pgx.BeginFunc(ctx, a.pool, func(tx pgx.Tx) error {
		if err := add(ctx, tx, to, amount); err != nil {
			return err
		}
		return add(ctx, tx, from, -amount)
	})
}

func add(ctx context.Context, tx pgx.Tx, name string, amount int64) error {
	done, err := tx.Exec(ctx,
		"UPDATE accounts SET balance = balance + $2 WHERE name = $1", name, amount)
	if err != nil {
		return byKind(err)
	}
	if done.RowsAffected() == 0 {
		return errNoAccount
	}
	return nil
}

// endregion

func run(ctx context.Context) error {
	pool, err := pgxpool.New(ctx, os.Getenv("DATABASE_URL"))
	if err != nil {
		return err
	}
	defer pool.Close()
	if _, err := pool.Exec(ctx, schema); err != nil {
		return err
	}
	bank := &accounts{pool}

	report("ada opens", bank.open(ctx, "ada", new("ada@example.org"), 100))
	report("ben opens", bank.open(ctx, "ben", nil, 50))
	report("ben opens again", bank.open(ctx, "ben", nil, 0))
	report("ada pays ben 30", bank.transfer(ctx, "ada", "ben", 30))
	report("ada pays ben 500", bank.transfer(ctx, "ada", "ben", 500))
	report("eve pays ben 10", bank.transfer(ctx, "eve", "ben", 10))
	all, err := bank.all(ctx)
	if err != nil {
		return err
	}
	for _, one := range all {
		email := "no email"
		if one.Email != nil {
			email = *one.Email
		}
		fmt.Printf("%s (%s): %d\n", one.Name, email, one.Balance)
	}
	return nil
}

func report(action string, err error) {
	if err != nil {
		fmt.Printf("%s: %v\n", action, err)
	} else {
		fmt.Printf("%s: done\n", action)
	}
}

func main() {
	if err := run(context.Background()); err != nil {
		log.Fatal(err)
	}
}
