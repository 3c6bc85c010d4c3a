//go:build !audit

package main

const audit = false
