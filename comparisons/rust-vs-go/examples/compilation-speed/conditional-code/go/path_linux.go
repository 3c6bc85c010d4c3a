package main

import "syscall"

func longestPath() int { return syscall.PathMax }
