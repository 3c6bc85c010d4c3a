//go:build audit

package main

const audit = true
