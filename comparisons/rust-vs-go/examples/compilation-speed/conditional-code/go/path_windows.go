package main

import "syscall"

func longestPath() int { return syscall.MAX_PATH }
