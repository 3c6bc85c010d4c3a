#!/usr/bin/env python3
"""Takes the profiles that Go optimises by: run it again when the kernels or Go change.

    python comparisons/rust-vs-go/lab/tuned-builds/profile.py

It adds a file to each program, in an overlay, so that the programs themselves know no profile.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
LAB = HERE.parent

SECONDS = 2

# More work than is measured: the program must run for longer than its profile is taken.
ARGUMENTS = {
    "n-body": "40000000",
    "sort": "30000000",
    "hash-map": "10000000",
    "binary-trees": "20",
    "matrix-indexed": "2000",
}

PROFILER = """package main

import (
	"log"
	"os"
	"runtime/pprof"
	"time"
)

func init() {
	file, err := os.Create(os.Getenv("PROFILE"))
	if err != nil {
		log.Fatal(err)
	}
	if err := pprof.StartCPUProfile(file); err != nil {
		log.Fatal(err)
	}
	go func() {
		time.Sleep(%d * time.Second)
		pprof.StopCPUProfile()
		os.Exit(0)
	}()
}
"""


def take(kernel: str, argument: str) -> None:
    """Profile a kernel for some seconds."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "profiler.go").write_text(PROFILER % SECONDS, encoding="utf-8")
        added = LAB / "cpu-kernels" / "go" / kernel / "profiler.go"
        overlay = {"Replace": {str(added): str(folder / "profiler.go")}}
        (folder / "overlay.json").write_text(json.dumps(overlay), encoding="utf-8")
        build = ["go", "build", "-trimpath", f"-overlay={folder / 'overlay.json'}", "-o", folder]
        subprocess.run([*build, f"./cpu-kernels/go/{kernel}"], cwd=LAB, check=True)
        profile = HERE / f"{kernel}.pgo"
        env = {**os.environ, "PROFILE": str(profile)}
        subprocess.run([folder / kernel, argument], env=env, check=True)


if __name__ == "__main__":
    for kernel, argument in ARGUMENTS.items():
        take(kernel, argument)
